import type { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import type { Fleet } from './fleet.ts';

/** What an autoscaler knows of its fleet when it looks. Times in ms of simulated time. */
export interface FleetView {
  readonly nowMs: number;
  /** Machines that take work. */
  readonly up: number;
  /** Machines that have been ordered and do not take work yet. */
  readonly starting: number;
  /** Machines that finish what they have and then stop. */
  readonly draining: number;
  /** What was wanted last. */
  readonly wanted: number;
  /** When `wanted` last changed; undefined: never. */
  readonly lastChangeMs: number | undefined;
}

/** What a policy may know of a queue and its consumers. */
export interface QueueMetrics {
  /** Messages that nobody has received. */
  readonly ready: number;
  readonly inFlight: number;
  /** Over the metric window; undefined until it has begun. */
  readonly arrivalsPerSecond: number | undefined;
  /** Since when `ready` has been 0 without a pause; undefined while it is not. */
  readonly emptySinceMs: number | undefined;
}

/** What a policy may know of how busy its machines are. */
export interface UtilisationMetrics {
  /** Mean over the machines that reported, 0 … 1; undefined: none did. */
  readonly utilisation: number | undefined;
  /** Machines that are up and did not report. */
  readonly missing: number;
}

/** How many machines there should be, from what is known: fractions are rounded up, what is out of bounds is cut. */
export type Policy<Metrics> = (observation: FleetView & Metrics) => number;

/** The slot of an autoscaler: one policy per run, which may remember what it has seen. */
export type MakePolicy<Metrics> = (bounds: { readonly min: number; readonly max: number }) => Policy<Metrics>;

export interface AutoscalerPlan {
  /** Between two looks (the sync period of Kubernetes' HPA: 15 s), ms, above 0. */
  readonly tickMs: number;
  /** The first look; default: after `tickMs`. */
  readonly firstMs?: number;
}

/**
 * A control loop: at every tick it observes, asks its policy and resizes the fleet. It works for any fleet, because
 * the metrics come from the world. What makes it hard is in the loop: metrics are old by up to a window and a tick,
 * and what it starts helps only after the fleet's start-up time.
 */
export class Autoscaler<Metrics> {
  readonly #tickUs: number;
  readonly #policy: Policy<Metrics>;
  readonly #changes: { readonly atUs: number; readonly from: number; readonly to: number }[] = [];

  /** @throws RangeError when `tickMs` is not above 0 */
  constructor(
    private readonly kernel: Kernel,
    private readonly fleet: Fleet,
    plan: AutoscalerPlan,
    private readonly events: {
      /** Kind of the autoscaler's own events. */
      readonly kind: number;
      /** Called once per look. */
      readonly observe: () => Metrics;
      readonly policy: MakePolicy<Metrics>;
    },
  ) {
    if (!(plan.tickMs > 0)) throw new RangeError(`tickMs: ${plan.tickMs} is not above 0`);
    this.#tickUs = microseconds(plan.tickMs);
    this.#policy = events.policy({ min: fleet.plan.min, max: fleet.plan.max });
    kernel.after(microseconds(plan.firstMs ?? plan.tickMs), events.kind);
  }

  /** Every change of what is wanted, in order. */
  get changes(): readonly { readonly atUs: number; readonly from: number; readonly to: number }[] {
    return this.#changes;
  }

  /** Changes in the direction opposite to the change before. */
  get reversals(): number {
    const grows = this.#changes.map(({ from, to }) => to > from);
    return grows.filter((grow, index) => index > 0 && grow !== grows[index - 1]).length;
  }

  /**
   * A tick.
   * @throws RangeError when the policy's answer is not a number; whatever the policy throws
   */
  handle(): void {
    const { fleet, events, kernel } = this;
    kernel.after(this.#tickUs, events.kind);
    const last = this.#changes.at(-1);
    const view: FleetView = {
      nowMs: kernel.nowUs / 1000,
      up: fleet.count('up'),
      starting: fleet.count('starting'),
      draining: fleet.count('draining'),
      wanted: fleet.wanted,
      lastChangeMs: last && last.atUs / 1000,
    };
    const answer = this.#policy({ ...view, ...events.observe() });
    if (typeof answer !== 'number' || Number.isNaN(answer)) {
      throw new RangeError(`the policy wants ${String(answer)} machines`);
    }
    const to = Math.min(fleet.plan.max, Math.max(fleet.plan.min, Math.ceil(answer)));
    if (to === view.wanted) return;
    this.#changes.push({ atUs: kernel.nowUs, from: view.wanted, to });
    fleet.resize(to);
  }
}
