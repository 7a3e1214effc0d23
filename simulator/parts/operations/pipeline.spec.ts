import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { RareEvents } from '../../rare-events.ts';
import { stream } from '../../stream.ts';
import { drawsOf } from '../../workload/keys.ts';
import type { GateView, MakeGate, PipelinePlan, Release, Verdict, Version } from './pipeline.ts';
import { Pipeline } from './pipeline.ts';

const STEPS = [0.01, 0.05, 0.25, 1];
const OLD: Version = { id: 'v1', errorRate: 0.005 };
const NEW: Version = { id: 'v2', errorRate: 0.015 };

/** Events of the pipeline are of kind 0, `each` is called every second just before a look. */
function pipelineOf(gate: MakeGate, plan: Partial<PipelinePlan> = {}, each?: (pipeline: Pipeline) => void) {
  const kernel = new Kernel();
  const pipeline = new Pipeline(kernel, { steps: STEPS, lookMs: 1000, ...plan }, OLD, { kind: 0, gate });
  kernel.at(999_999, 1);
  const runUntil = (untilUs: number): void =>
    kernel.run(untilUs, (kind, a, b) => {
      if (kind === 0) pipeline.handle(a, b);
      else {
        each?.(pipeline);
        kernel.after(1_000_000, 1);
      }
      return undefined;
    });
  return { kernel, pipeline, runUntil };
}

const saying = (verdicts: readonly Verdict[], seen: GateView[] = []): MakeGate => {
  return () => (view) => {
    seen.push(view);
    return verdicts[seen.length - 1] ?? 'hold';
  };
};
const sharesOf = ({ shares }: Release): number[] => shares.map(({ share }) => share);
const verdict = fc.constantFrom<Verdict>('promote', 'hold', 'rollBack');

describe('a release', () => {
  it('skips no step, never comes back after a roll-back, and gets everybody only in the end', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 8 }), fc.constantFrom(0, 400, 2500), (verdicts, rollBackMs) => {
        const { pipeline, runUntil } = pipelineOf(saying(verdicts), { rollBackMs });
        pipeline.release(NEW);
        runUntil(20_000_001);
        const decisive = verdicts.filter((each) => each !== 'hold').slice(0, 3);
        const back = decisive.indexOf('rollBack');
        const promotions = back < 0 ? decisive.length : back;
        const [release] = pipeline.releases;
        expect(sharesOf(release!)).toEqual([...STEPS.slice(0, 1 + promotions), ...(back < 0 ? [] : [0])]);
        expect(release!.state).toBe(back >= 0 ? 'rolledBack' : promotions === 3 ? 'promoted' : 'running');
      }),
      { numRuns: 200 },
    );
  });

  it('keeps its share while it is being rolled back, nobody looks any more, and the next one waits', () => {
    const seen: GateView[] = [];
    const { pipeline, runUntil } = pipelineOf(saying(['promote', 'rollBack'], seen), { rollBackMs: 1500 });
    pipeline.release(NEW);
    runUntil(3_400_000);
    pipeline.release({ ...NEW, id: 'v3' });
    expect([pipeline.share, pipeline.releases.map(({ state }) => state)]).toEqual([0.05, ['rollingBack']]);
    expect([pipeline.route(0.049), pipeline.route(0.05)]).toEqual([NEW, OLD]);
    expect(seen).toHaveLength(2);
    runUntil(4_000_000);
    expect(pipeline.releases[0]).toMatchObject({ state: 'rolledBack', decidedUs: 2_000_000, looks: 2 });
    expect(pipeline.releases[0]!.shares.at(-1)).toEqual({ atUs: 3_500_000, share: 0 });
    expect(pipeline.releases[1]!.startedUs).toBe(3_500_000);
    expect([pipeline.route(0).id, pipeline.route(0.01)]).toEqual(['v3', OLD]);
  });

  it('shows its gate what both versions did in this step, and only in this step', () => {
    const seen: GateView[] = [];
    const { pipeline, runUntil } = pipelineOf(saying(['hold', 'promote', 'hold'], seen), {}, (it) => {
      it.answered(NEW, { requests: 10, errors: 1 });
      it.answered(OLD, { requests: 90, errors: 2 });
    });
    pipeline.release(NEW);
    runUntil(3_000_001);
    const of = (seconds: number) => ({
      canary: { requests: 10 * seconds, errors: seconds },
      baseline: { requests: 90 * seconds, errors: 2 * seconds },
    });
    expect(seen).toEqual([
      { step: 0, share: 0.01, gates: 3, looks: 0, stepMs: 1000, ...of(1) },
      { step: 0, share: 0.01, gates: 3, looks: 1, stepMs: 2000, ...of(2) },
      { step: 1, share: 0.05, gates: 3, looks: 2, stepMs: 1000, ...of(1) },
    ]);
  });

  it('waits while another is under way, and builds upon it if that one was promoted', () => {
    const gates: string[] = [];
    const { pipeline, runUntil } = pipelineOf(() => {
      gates.push('gate');
      return ({ step }) => (gates.length === 2 && step === 1 ? 'rollBack' : 'promote');
    });
    pipeline.release(NEW);
    pipeline.release({ ...NEW, id: 'v3' });
    pipeline.release({ ...NEW, id: 'v4' });
    runUntil(2_500_000);
    expect(pipeline.releases).toHaveLength(1);
    runUntil(3_500_000);
    expect([pipeline.route(0).id, pipeline.route(0.5).id]).toEqual(['v3', 'v2']);
    runUntil(5_500_000);
    expect([pipeline.route(0).id, pipeline.route(0.5).id]).toEqual(['v4', 'v2']);
    runUntil(30_000_000);
    expect(pipeline.releases.map(({ state }) => state)).toEqual(['promoted', 'rolledBack', 'promoted']);
    expect(gates).toHaveLength(3);
  });

  it('at once for everybody is looked at by nobody, and is undone by hand', () => {
    const seen: GateView[] = [];
    const { kernel, pipeline, runUntil } = pipelineOf(saying([], seen), { steps: [1], rollBackMs: 500 });
    kernel.nowUs = 700;
    pipeline.release(NEW);
    expect([pipeline.route(0.999), pipeline.releases[0]!.state]).toEqual([NEW, 'promoted']);
    runUntil(9_000_000);
    pipeline.rollBack();
    pipeline.rollBack();
    runUntil(9_499_000);
    expect(pipeline.route(0)).toBe(NEW);
    runUntil(20_000_000);
    expect(pipeline.route(0)).toBe(OLD);
    expect([sharesOf(pipeline.releases[0]!), seen]).toEqual([[1, 0], []]);
  });

  it('is for a user who has had it once, as long as its share grows', () => {
    const { pipeline, runUntil } = pipelineOf(() => () => 'promote');
    pipeline.release(NEW);
    const users = Array.from({ length: 20_000 }, (_, user) => drawsOf(7, 'users', user).unit());
    let before = new Set<number>();
    for (const [step, share] of STEPS.entries()) {
      runUntil(step * 1_000_000 + 1);
      const now = new Set(users.flatMap((unit, user) => (pipeline.route(unit) === NEW ? [user] : [])));
      expect([...before].every((user) => now.has(user))).toBe(true);
      expect(Math.abs(now.size / users.length - share)).toBeLessThanOrEqual(
        5 * Math.sqrt((share * (1 - share)) / 20_000),
      );
      before = now;
    }
  });

  it('needs steps that ascend to everybody, times that are times and verdicts that are verdicts', () => {
    const gate: MakeGate = () => () => 'hold';
    for (const steps of [[], [0.5], [0, 1], [0.5, 0.2, 1], [0.5, 0.5, 1], [0.5, 1, 2]]) {
      expect(() => pipelineOf(gate, { steps })).toThrow(/^steps/);
    }
    expect(() => pipelineOf(gate, { lookMs: 0 })).toThrow(/^lookMs/);
    expect(() => pipelineOf(gate, { rollBackMs: -1 })).toThrow(/^rollBackMs/);
    const { pipeline, runUntil } = pipelineOf(() => () => 'fine' as Verdict);
    pipeline.release(NEW);
    expect(() => runUntil(2_000_000)).toThrow(TypeError);
  });
});

describe('gates, over some hundred releases at 1,000 requests a second', () => {
  const RUNS = 400;

  /** One-sided z of two proportions, pooled. */
  const z = ({ canary, baseline }: GateView): number => {
    const requests = canary.requests + baseline.requests;
    const pooled = (canary.errors + baseline.errors) / requests;
    const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / canary.requests + 1 / baseline.requests));
    return deviation === 0 ? 0 : (canary.errors / canary.requests - baseline.errors / baseline.requests) / deviation;
  };
  const peeking: MakeGate = () => (view) => (z(view) > 1.645 ? 'rollBack' : view.stepMs < 30_000 ? 'hold' : 'promote');
  const oneLook: MakeGate = () => (view) => (view.stepMs < 30_000 ? 'hold' : z(view) > 2.326 ? 'rollBack' : 'promote');
  const rawRates: MakeGate = () => (view) => {
    if (view.stepMs < 30_000) return 'hold';
    const { canary, baseline } = view;
    return canary.errors / canary.requests > baseline.errors / baseline.requests ? 'rollBack' : 'promote';
  };

  /** Largest share that each release reached; the errors are the same under every gate. */
  function reached(gate: MakeGate, version: Version, untilUs = 91_000_000): number[] {
    return Array.from({ length: RUNS }, (_, seed) => {
      const old = new RareEvents(OLD.errorRate, stream(seed, 'old errors'));
      const fresh = new RareEvents(version.errorRate, stream(seed, 'new errors'));
      const { pipeline, runUntil } = pipelineOf(gate, {}, (it) => {
        const requests = Math.round(1000 * it.share);
        it.answered(version, { requests, errors: fresh.among(requests) });
        it.answered(OLD, { requests: 1000 - requests, errors: old.among(1000 - requests) });
      });
      pipeline.release(version);
      runUntil(untilUs);
      return Math.max(...sharesOf(pipeline.releases[0]!));
    });
  }
  const part = (shares: readonly number[], which: (share: number) => boolean): number =>
    shares.filter(which).length / RUNS;
  const good: Version = { id: 'v2', errorRate: OLD.errorRate };
  const stopped = (share: number): boolean => share < 1;

  it('that peek every second at 5 % roll back most good builds, those that look once at 1 % hardly any', () => {
    expect(part(reached(peeking, good), stopped)).toBeGreaterThan(0.45);
    expect(part(reached(oneLook, good), stopped)).toBeLessThan(0.1);
  });

  it('that compare raw rates are three coin flips', () => {
    expect(Math.abs(part(reached(rawRates, good), stopped) - 7 / 8)).toBeLessThan(0.08);
  });

  it('that look once let every other bad build through the first step, but hardly one through the second', () => {
    const shares = reached(oneLook, NEW);
    expect(part(shares, (share) => share > 0.01)).toBeGreaterThan(0.35);
    expect(part(shares, (share) => share > 0.05)).toBeLessThan(0.05);
  });

  it('that weigh each error as it comes (Wald, sequential test) promote the good ones and stop the bad ones early', () => {
    const limit = Math.log(99);
    /** Whose is this error? Under an error rate three times as high it is the new version's with odds 3 × share. */
    const sequential: MakeGate = () => (view) => {
      const { share, canary, baseline } = view;
      const ifBad = (3 * share) / (1 + 2 * share);
      const evidence = canary.errors * Math.log(ifBad / share) + baseline.errors * Math.log((1 - ifBad) / (1 - share));
      return evidence >= limit ? 'rollBack' : evidence <= -limit ? 'promote' : 'hold';
    };
    const bad = reached(sequential, NEW, 600_000_000);
    expect(part(bad, (share) => share > 0.01)).toBeLessThanOrEqual(0.04);
    expect(part(bad, (share) => share > 0.05)).toBe(0);
    expect(part(reached(sequential, good, 600_000_000), stopped)).toBeLessThanOrEqual(0.05);
  });
});
