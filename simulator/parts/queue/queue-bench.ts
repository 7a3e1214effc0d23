import { Kernel } from '../../kernel.ts';
import { microseconds } from '../../microseconds.ts';
import { VisitRecorder } from '../../recorder.ts';
import { exponential } from '../../sample.ts';
import { stream } from '../../stream.ts';
import { drawsOf } from '../../workload/keys.ts';
import type { Link } from '../network/link.ts';
import type { AutoscalerPlan, MakePolicy, QueueMetrics } from '../operations/autoscaler.ts';
import { Autoscaler } from '../operations/autoscaler.ts';
import { CounterWindow } from '../operations/counter-window.ts';
import type { FleetPlan, MachineState } from '../operations/fleet.ts';
import { Fleet } from '../operations/fleet.ts';
import type { Handle } from './attempt.ts';
import type { BrokerPlan } from './broker.ts';
import { Broker } from './broker.ts';
import type { ConsumersPlan } from './consumers.ts';
import { Consumers } from './consumers.ts';
import { EffectLog } from './effect-log.ts';
import type { MakeQueue } from './message-queue.ts';

/** Photos that are sent: moments, and CPU time of each, µs. */
export interface Photos {
  readonly sentUs: readonly number[];
  readonly costUs: readonly number[];
}

/**
 * Photos sent at random from `fromMs` until `untilMs`. Their CPU time is the sum of `stages` exponential ones (Erlang's
 * distribution), a draw of the photo's own.
 */
export function drawPhotos(
  seed: number,
  phases: readonly { readonly fromMs: number; readonly untilMs: number; readonly perSecond: number }[],
  meanMs: number,
  stages: number,
): Photos {
  const sentUs = phases.flatMap(({ fromMs, untilMs, perSecond }, phase) => {
    const source = stream(seed, `photos ${phase}`);
    const moments: number[] = [];
    for (let atMs = fromMs; ; ) {
      atMs += (1000 / perSecond) * exponential(source);
      if (atMs >= untilMs) return moments;
      moments.push(microseconds(atMs));
    }
  });
  const costUs = sentUs.map((_, photo) => {
    const source = drawsOf(seed, 'photo', photo);
    const sum = Array.from({ length: stages }, () => exponential(source)).reduce((a, b) => a + b);
    return Math.max(1, microseconds((sum * meanMs) / stages));
  });
  return { sentUs, costUs };
}

export interface BenchPlan {
  readonly photos: Photos;
  readonly broker: BrokerPlan;
  readonly fleet: FleetPlan;
  readonly consumers?: ConsumersPlan;
  readonly scaler?: AutoscalerPlan & { readonly windowMs: number };
  readonly links?: { readonly toBroker: Link; readonly toConsumer: Link };
  /** Done to the world at a moment. */
  readonly faults?: readonly { readonly atMs: number; readonly act: (bench: QueueBench) => void }[];
}

export interface BenchSlots {
  readonly queue?: MakeQueue;
  readonly handle?: Handle;
  readonly policy?: MakePolicy<QueueMetrics>;
}

const SEND = 0;
const BROKER = 1;
const FLEET = 2;
const CONSUMERS = 3;
const FINISH = 4;
const SCALER = 5;
const FAULT = 6;

/** The smallest world around these parts, for their specs: photos → broker → consumers, and perhaps an autoscaler. */
export class QueueBench {
  readonly kernel = new Kernel();
  readonly visits: VisitRecorder;
  readonly effects = new EffectLog();
  readonly broker: Broker;
  readonly fleet: Fleet;
  readonly consumers: Consumers;
  readonly scaler: Autoscaler<QueueMetrics> | undefined;
  /** Sends that the broker refused. */
  refused = 0;
  readonly states: { readonly atUs: number; readonly machine: number; readonly state: MachineState }[] = [];

  constructor(
    readonly plan: BenchPlan,
    slots: BenchSlots = {},
  ) {
    const { kernel, effects } = this;
    const { photos, scaler, faults = [], links } = plan;
    this.visits = new VisitRecorder(photos.sentUs.length);
    this.broker = new Broker(kernel, plan.broker, {
      kind: BROKER,
      deliver: (machine, parcel) => this.consumers.deliver(machine, parcel),
      queue: slots.queue,
    });
    this.fleet = new Fleet(kernel, plan.fleet, {
      kind: FLEET,
      ready: (machine) => this.consumers.ready(machine),
      drain: (machine) => this.consumers.drain(machine),
      crashed: (machine) => this.consumers.crashed(machine),
      changed: (machine, state) => this.states.push({ atUs: kernel.nowUs, machine, state }),
    });
    this.consumers = new Consumers(kernel, this.broker, this.fleet, plan.consumers ?? {}, {
      ...{ kind: CONSUMERS, finish: FINISH, visits: this.visits, effects, node: 0, links },
      costUs: (photo) => photos.costUs[photo]!,
      handle: slots.handle,
    });
    if (scaler && slots.policy) {
      const arrivals = new CounterWindow(scaler.windowMs);
      arrivals.sample(0, 0);
      const observe = (): QueueMetrics => {
        const { sent, ready, inFlight } = this.broker.books;
        arrivals.sample(kernel.nowUs, sent);
        const { emptySinceUs } = this.broker;
        const emptySinceMs = emptySinceUs === undefined ? undefined : emptySinceUs / 1000;
        return { ready, inFlight, arrivalsPerSecond: arrivals.perSecond, emptySinceMs };
      };
      this.scaler = new Autoscaler(kernel, this.fleet, scaler, { kind: SCALER, observe, policy: slots.policy });
    }
    photos.sentUs.forEach((atUs, photo) => {
      kernel.at(atUs, SEND, photo);
    });
    faults.forEach(({ atMs }, fault) => {
      kernel.at(microseconds(atMs), FAULT, fault);
    });
  }

  /** Handles one event of the kernel. */
  handle(kind: number, a: number, b: number): void {
    if (kind === SEND) this.refused += this.broker.send(a) ? 0 : 1;
    else if (kind === BROKER) this.broker.handle(a);
    else if (kind === FLEET) this.fleet.handle(a, b);
    else if (kind === CONSUMERS) this.consumers.handle(a, b);
    else if (kind === FINISH) this.consumers.finish(a, b);
    else if (kind === SCALER) this.scaler!.handle();
    else this.plan.faults![a]!.act(this);
  }

  /** Runs on until `untilMs`; `after` is called after every event. */
  run(untilMs: number, after?: () => void): this {
    this.kernel.run(microseconds(untilMs), (kind, a, b) => {
      this.handle(kind, a, b);
      after?.();
      return undefined;
    });
    return this;
  }
}
