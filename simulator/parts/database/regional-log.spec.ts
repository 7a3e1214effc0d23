import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { DataCentres } from '../network/data-centres.ts';
import type { LogEntry } from './log.ts';
import { ReplicatedLog } from './replicated-log.ts';

const CENTRES = ['seoul', 'virginia'];

/** A primary in Seoul and a replica in Virginia, 40 writes/s; Seoul is lost at 10.09 s and back at 15 s. */
function loseSeoul(plan: { readonly confirmations?: number; readonly batched?: boolean }) {
  const kernel = new Kernel();
  const centres = new DataCentres({ centres: CENTRES, oneWayMs: { seoul: { virginia: 90 } } }, 1);
  const acknowledged: LogEntry[] = [];
  const waitsUs: number[] = [];
  const log = new ReplicatedLog(
    kernel,
    { nodes: CENTRES, shipEveryMs: 100, ...plan },
    {
      kind: 0,
      base: 0,
      link: (from, to) => centres.connect(CENTRES[from]!, CENTRES[to]!, 'log'),
      apply: () => 4000,
      acknowledged: (entry) => {
        acknowledged.push(entry);
        waitsUs.push(kernel.nowUs - entry.committedUs);
      },
    },
  );
  CENTRES.forEach((centre, node) => {
    centres.place(centre, { kill: () => log.crash(node), revive: () => log.revive(node) });
  });
  for (let write = 0; write < 20 * 40; write++) kernel.at(write * 25_000, 1, write);
  let primary = 0;
  kernel.at(10_090_000, 2);
  kernel.at(11_000_000, 3);
  kernel.at(15_000_000, 4);
  kernel.run(20_000_000, (kind, a, b) => {
    if (kind === 0) log.handle(a, b);
    else if (kind === 1) log.write(primary, a, a);
    else if (kind === 2) centres.lose('seoul');
    else if (kind === 4) centres.restore('seoul');
    else {
      primary = 1;
      log.promote(primary, 2);
    }
    return undefined;
  });
  const survived = new Set(log.nodes[primary]!.log.after(0));
  const lost = acknowledged.filter((entry) => !survived.has(entry)).length;
  return { lost, log, waitsMs: waitsUs.map((us) => us / 1000) };
}

describe('a log across data centres, one of which is lost', () => {
  it('loses what had not yet left, and drops it when it returns', () => {
    const { lost, log, waitsMs } = loseSeoul({ batched: true });
    const [seoul, virginia] = log.nodes;
    expect([lost, Math.max(...waitsMs)]).toEqual([3, 0]);
    expect(seoul!.discarded).toBe(lost);
    expect(seoul!.log.length).toBeGreaterThan(550);
    expect(seoul!.log.last).toEqual(virginia!.log.at(seoul!.log.length));
  });

  it('loses nothing that is on its way: light goes on when its sender is dark', () => {
    expect(loseSeoul({}).lost).toBe(0);
  });

  it('loses nothing when each write waits for the other centre, a round trip, and has to wait until there is one', () => {
    const { lost, log, waitsMs } = loseSeoul({ confirmations: 1 });
    expect(lost).toBe(0);
    expect(new Set(waitsMs.slice(0, 390))).toEqual(new Set([180]));
    expect(Math.max(...waitsMs)).toBeGreaterThan(4000);
    expect(log.nodes[1]!.log.last.epoch).toBe(2);
  });
});
