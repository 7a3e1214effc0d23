import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';

export interface PipelinePlan {
  /** Parts of all requests that a new version gets one after the other, ascending, the last one 1. */
  readonly steps: readonly number[];
  /** Between two looks of the gate, ms, above 0. */
  readonly lookMs: number;
  /** From the decision to roll back until no request goes to the new version any more, ms; default 0. */
  readonly rollBackMs?: number;
}

/** A build. Which one is good and which one bad, nobody in the pipeline knows. */
export interface Version {
  readonly id: string;
  /** Part of its answers that are errors, 0 … 1. */
  readonly errorRate: number;
}

export interface AnswerCounts {
  readonly requests: number;
  readonly errors: number;
}

/** What a gate may know. The counts are of this step alone, and of the same time on both sides. */
export interface GateView {
  /** Index into the plan's steps, and the step's share. */
  readonly step: number;
  readonly share: number;
  /** Steps with a gate behind them: all but the last. */
  readonly gates: number;
  /** Looks before this one, of the whole release. */
  readonly looks: number;
  /** Time since the step began, ms. */
  readonly stepMs: number;
  /** The new version. */
  readonly canary: AnswerCounts;
  /** The version that was there before. */
  readonly baseline: AnswerCounts;
}

export type Verdict = 'promote' | 'hold' | 'rollBack';

/** The slot of a pipeline: one gate per release, which may remember what it has seen. */
export type MakeGate = () => (view: GateView) => Verdict;

export type ReleaseState = 'running' | 'promoted' | 'rollingBack' | 'rolledBack';

/** What has become of a release. */
export interface Release {
  readonly version: Version;
  readonly state: ReleaseState;
  readonly startedUs: number;
  /** When it was promoted to the last step, or the roll-back was decided, µs; undefined: neither yet. */
  readonly decidedUs: number | undefined;
  /** Looks of the gate so far. */
  readonly looks: number;
  /** Every share that it has had, each from its moment (µs) on. */
  readonly shares: readonly { readonly atUs: number; readonly share: number }[];
}

interface Rollout extends Release {
  state: ReleaseState;
  decidedUs: number | undefined;
  looks: number;
  readonly shares: { readonly atUs: number; readonly share: number }[];
  readonly judge: (view: GateView) => Verdict;
  step: number;
  canary: AnswerCounts;
  baseline: AnswerCounts;
}

const LOOK = 0;
const ROLLED_BACK = 1;

const NOTHING: AnswerCounts = { requests: 0, errors: 0 };

/**
 * A deployment pipeline. A release gets a first share of the requests, and at each look a gate promotes it by one
 * step, holds it or rolls it back for good. The last step is everybody: there is nothing left to compare with, so the
 * release is over and only `rollBack`, by hand, undoes it. A single step is a big-bang deployment. A release that
 * comes while another is under way waits for its end. (Steps and gate: the canary strategy of Argo Rollouts with its
 * analysis, whose "inconclusive" is `hold` here.)
 */
export class Pipeline {
  readonly #rollouts: Rollout[] = [];
  readonly #waiting: Version[] = [];
  /** What those requests get that the latest release does not. */
  #base: Version;

  /** @throws RangeError when a number of the plan is out of range */
  constructor(
    private readonly kernel: Kernel,
    private readonly plan: PipelinePlan,
    running: Version,
    private readonly events: {
      /** Kind of the pipeline's own events. */
      readonly kind: number;
      readonly gate: MakeGate;
    },
  ) {
    const { steps, lookMs, rollBackMs = 0 } = plan;
    const ascend = steps.every((share, step) => share > (steps[step - 1] ?? 0));
    if (!ascend || steps.at(-1) !== 1)
      throw new RangeError(`steps: ${steps.join(', ')} do not ascend from above 0 to 1`);
    if (!(lookMs > 0)) throw new RangeError(`lookMs: ${lookMs} is not above 0`);
    if (!(rollBackMs >= 0)) throw new RangeError(`rollBackMs: ${rollBackMs} is below 0`);
    this.#base = running;
  }

  /** Every release that has begun, in order. */
  get releases(): readonly Release[] {
    return this.#rollouts;
  }

  /** Part of all requests that the latest release gets now. */
  get share(): number {
    return this.#rollouts.at(-1)?.shares.at(-1)?.share ?? 0;
  }

  /**
   * The version that answers a request.
   * @param unit the request's own draw (or its user's, who then never falls back to the old version while the share
   *   grows), uniform in [0, 1): the same in every lane
   */
  route(unit: number): Version {
    return unit < this.share ? this.#rollouts.at(-1)!.version : this.#base;
  }

  /** Requests were answered by this version; those of a release count for the step in which their answer comes. */
  answered(version: Version, counts: AnswerCounts): void {
    const rollout = this.#rollouts.at(-1);
    if (!rollout) return;
    const side = version === rollout.version ? 'canary' : 'baseline';
    const { requests, errors } = rollout[side];
    rollout[side] = { requests: requests + counts.requests, errors: errors + counts.errors };
  }

  /** A new build is there: it starts now, or when those before it are promoted or rolled back. */
  release(version: Version): void {
    this.#waiting.push(version);
    this.#startNext();
  }

  /** Somebody rolls the latest release back by hand, during or after it. Without effect when that is done already. */
  rollBack(): void {
    const rollout = this.#rollouts.at(-1);
    if (rollout?.state !== 'running' && rollout?.state !== 'promoted') return;
    rollout.state = 'rollingBack';
    rollout.decidedUs = this.kernel.nowUs;
    const delayUs = microseconds(this.plan.rollBackMs ?? 0);
    this.kernel.after(delayUs, this.events.kind, ROLLED_BACK, this.#rollouts.length - 1);
  }

  /**
   * One of the pipeline's own events.
   * @throws TypeError when the gate's verdict is none; whatever the gate throws
   */
  handle(event: number, index: number): void {
    const rollout = this.#rollouts[index]!;
    if (event === ROLLED_BACK) {
      rollout.state = 'rolledBack';
      this.#giveShare(rollout, 0);
      this.#startNext();
    } else if (rollout.state === 'running') {
      this.#look(rollout, index);
    }
  }

  #startNext(): void {
    const last = this.#rollouts.at(-1);
    if (this.#waiting.length === 0 || last?.state === 'running' || last?.state === 'rollingBack') return;
    if (last?.state === 'promoted') this.#base = last.version;
    const rollout: Rollout = {
      version: this.#waiting.shift()!,
      state: 'running',
      startedUs: this.kernel.nowUs,
      decidedUs: undefined,
      looks: 0,
      shares: [],
      judge: this.events.gate(),
      step: 0,
      canary: NOTHING,
      baseline: NOTHING,
    };
    this.#rollouts.push(rollout);
    this.#enter(rollout, 0);
    if (rollout.state === 'running') this.#lookLater(this.#rollouts.length - 1);
  }

  #look(rollout: Rollout, index: number): void {
    const { steps } = this.plan;
    const { step, canary, baseline, shares } = rollout;
    const { atUs, share } = shares.at(-1)!;
    const stepMs = (this.kernel.nowUs - atUs) / 1000;
    const view = { step, share, gates: steps.length - 1, looks: rollout.looks++, stepMs, canary, baseline };
    const verdict = rollout.judge(view);
    if (verdict === 'rollBack') this.rollBack();
    else if (verdict === 'promote') this.#enter(rollout, step + 1);
    else if (verdict !== 'hold') throw new TypeError(`the gate says ${String(verdict)}: no verdict`);
    if (rollout.state === 'running') this.#lookLater(index);
  }

  #enter(rollout: Rollout, step: number): void {
    rollout.step = step;
    rollout.canary = NOTHING;
    rollout.baseline = NOTHING;
    this.#giveShare(rollout, this.plan.steps[step]!);
    if (step < this.plan.steps.length - 1) return;
    rollout.state = 'promoted';
    rollout.decidedUs = this.kernel.nowUs;
    this.#startNext();
  }

  #giveShare(rollout: Rollout, share: number): void {
    rollout.shares.push({ atUs: this.kernel.nowUs, share });
  }

  #lookLater(index: number): void {
    this.kernel.after(microseconds(this.plan.lookMs), this.events.kind, LOOK, index);
  }
}
