import { describe, expect, it } from 'vitest';
import { stream } from '../../stream.ts';
import { Link } from './link.ts';

const link = (loss?: number) => new Link({ oneWayMs: 17, ...(loss === undefined ? {} : { loss }) }, stream(1, 'link'));
const sent = (on: Link, times: number) => Array.from({ length: times }, () => on.send());

describe('a link', () => {
  it('takes its time', () => {
    expect(sent(link(), 3)).toEqual([17_000, 17_000, 17_000]);
  });

  it('loses the part of all messages that it should, in the long run', () => {
    const lost = sent(link(0.1), 10_000).filter((delay) => delay === undefined).length;
    expect(Math.abs(lost - 1000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.1 * 0.9));
  });

  it('delivers nothing while it is cut, lags and loses while it is told to, and is then as it was', () => {
    const on = link();
    on.cut();
    expect(sent(on, 2)).toEqual([undefined, undefined]);
    on.heal();
    on.lag(100);
    expect(on.send()).toBe(117_000);
    on.lose(1);
    expect(on.send()).toBeUndefined();
    on.heal();
    expect(on.send()).toBe(17_000);
  });

  it('loses the same messages whatever happened to it before', () => {
    const calm = link(0.3);
    const troubled = link(0.3);
    troubled.cut();
    sent(calm, 50);
    sent(troubled, 50);
    troubled.heal();
    expect(sent(troubled, 100)).toEqual(sent(calm, 100));
  });

  it('refuses delays below 0 and losses that are no probability', () => {
    expect(() => new Link({ oneWayMs: -1 }, stream(1, 'x'))).toThrow(RangeError);
    expect(() => link(1.5)).toThrow(RangeError);
    expect(() => link().lag(Number.NaN)).toThrow(RangeError);
    expect(() => link().lose(-0.1)).toThrow(RangeError);
  });
});
