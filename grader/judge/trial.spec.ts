import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Check, Suite, Tools } from '../suite.ts';
import { bundle, isBundle } from './bundle.ts';
import { COURSE } from './course.ts';
import { LIMITS } from './limits.ts';
import { GuestStopped } from './outcome.ts';
import type { Bundle, JudgedCheck } from './protocol.ts';
import { Trial } from './trial.ts';

interface Exports {
  readonly Tally: new () => { count(name: string): number };
}

let code: Bundle;
beforeAll(async () => {
  const file = fileURLToPath(new URL('./fixtures/answers/right.ts', import.meta.url));
  const made = await bundle(file, { lesson: '01-numbers' }, COURSE);
  if (!isBundle(made)) throw new Error(made.message.en);
  code = made;
});

/** Judges one check that is asked `run` with the number of the run, from 1. */
async function judge(
  run: (tools: Tools, time: number, exports: Exports) => unknown,
  { seeds = 1, onRun }: { seeds?: number; onRun?: (limitMs: number) => void } = {},
): Promise<JudgedCheck & { readonly runs: number }> {
  let runs = 0;
  const check: Check<Exports> = {
    id: 'one',
    title: { en: 'one', ko: '하나' },
    points: 1,
    section: 'one',
    run: async (exports, tools) => {
      await run(tools, ++runs, exports);
    },
  };
  const suite: Suite<Exports> = { requires: { Tally: 'class' }, checks: [check] };
  const order = { submissions: [], seed: 3, seeds, language: 'en', limits: LIMITS } as const;
  const submission = { key: '#0', suite: '', bundle: code, misconceptions: [] };
  const trial = new Trial(order, submission, suite as unknown as Suite<Record<string, unknown>>, onRun);
  const { result } = await trial.judge(check as unknown as Check<Record<string, unknown>>);
  return { ...result, runs };
}

const count = ({ example }: Tools, { Tally }: Exports, due: number) =>
  example((story) => story.expect(new Tally().count('a'), due));

describe('a check that fails', () => {
  it('is flaky when the same seed passes at the second try', async () => {
    const result = await judge((tools, time, exports) => count(tools, exports, time === 1 ? 7 : 0));
    expect(result).toMatchObject({ outcome: 'failed', flaky: true, runs: 2 });
  });

  it('is not flaky when it fails again', async () => {
    const result = await judge((tools, _time, exports) => count(tools, exports, 7));
    expect([result.outcome, result.flaky]).toEqual(['failed', undefined]);
  });

  it.each([
    ['passes when two runs of three do', [7, 0, 0], 'passed'],
    ['fails when two runs of three do', [7, 0, 7], 'failed'],
  ])('and measures %s', async (_name, due, outcome) => {
    const result = await judge(async (tools, time, exports) => {
      tools.growth(1, () => undefined);
      await count(tools, exports, due[time - 1] ?? 7);
    });
    expect([result.outcome, result.flaky]).toEqual([outcome, undefined]);
  });

  it('is looked for on every seed', async () => {
    const seeds: number[] = [];
    const result = await judge(
      (tools, time, exports) => {
        seeds.push(tools.seed);
        return count(tools, exports, time < 3 ? 0 : 7);
      },
      { seeds: 5 },
    );
    expect(result).toMatchObject({ outcome: 'failed', seed: 5 });
    expect(new Set(seeds).size).toBe(3);
  });
});

describe('a check that runs out of time', () => {
  const stopped = (starved: boolean) => () => {
    throw new GuestStopped('timeout', 5, starved);
  };

  it('is over when the time was its own', async () => {
    const result = await judge(stopped(false));
    expect(result).toMatchObject({ runs: 1, failure: { reason: 'stopped', line: 5 } });
  });

  it('gets twice and four times as long when the machine was busy with other things', async () => {
    const limits: number[] = [];
    const result = await judge(stopped(true), { onRun: (limitMs) => limits.push(limitMs) });
    expect(result).toMatchObject({ outcome: 'failed', runs: 3 });
    expect(limits).toEqual([LIMITS.checkMs, 2 * LIMITS.checkMs, 4 * LIMITS.checkMs]);
    const later = await judge((_tools, time) => (time === 1 ? stopped(true)() : undefined));
    expect(later).toMatchObject({ outcome: 'passed', runs: 2 });
  });
});

describe('what is retained', () => {
  it('stays where it was for code that forgets, and grows for code that does not', async () => {
    const grown: number[] = [];
    await judge(async ({ retained }, _time, { Tally }) => {
      const kept = new Tally() as unknown as { add(name: string): void };
      const again = (names: number) => {
        for (let i = 0; i < 5000; i++) kept.add(`name-${i % names}`);
      };
      again(10);
      for (const names of [10, 5000]) {
        const before = await retained();
        again(names);
        grown.push((await retained()) - before);
      }
    });
    expect(grown[0]).toBeLessThan(40_000);
    expect(grown[1]).toBeGreaterThan(300_000);
  });

  it('does not count what this side holds of it for a while', async () => {
    const grown: number[] = [];
    await judge(async ({ retained }, _time, { Tally }) => {
      const make = () => {
        for (let i = 0; i < 3000; i++) new Tally();
      };
      make();
      const before = await retained();
      make();
      grown.push((await retained()) - before);
    });
    expect(Math.abs(grown[0] as number)).toBeLessThan(60_000);
  });
});
