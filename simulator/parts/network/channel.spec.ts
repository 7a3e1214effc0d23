import { expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { stream } from '../../stream.ts';
import { Channel } from './channel.ts';
import { Link } from './link.ts';

it('messages keep their order when the link is fast again, and those lost leave no gap in it', () => {
  const kernel = new Kernel();
  const link = new Link({ oneWayMs: 1 }, stream(1, 'link'));
  const channel = new Channel<string>(kernel, link, { kind: 3, a: 7 });
  const got: [number, string][] = [];
  const say = (ms: number, message: string): void => {
    kernel.run(ms * 1000, arrive);
    channel.send(message);
  };
  const arrive = (kind: number, a: number, slot: number): undefined => {
    expect([kind, a]).toEqual([3, 7]);
    got.push([kernel.nowUs / 1000, channel.deliver(slot)]);
  };
  say(0, 'first');
  link.lag(50);
  say(10, 'slow');
  link.heal();
  say(20, 'behind it');
  link.cut();
  say(30, 'lost');
  link.heal();
  expect(channel.travelling).toBe(2);
  say(70, 'last');
  kernel.run(1_000_000, arrive);
  expect(got).toEqual([
    [1, 'first'],
    [61, 'slow'],
    [61, 'behind it'],
    [71, 'last'],
  ]);
  expect(channel.travelling).toBe(0);
});
