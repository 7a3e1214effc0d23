import { exponential } from '../sample.ts';
import type { Stream } from '../stream.ts';
import { stream } from '../stream.ts';
import type { Cost } from './cost.ts';
import { drawCostUs } from './cost.ts';
import type { Flow, RateShape } from './rate-shape.ts';
import { flowsOf } from './rate-shape.ts';

/** A kind of request; `share` is its part of all requests relative to the other classes' shares. */
export interface RequestClass {
  readonly name: string;
  readonly share: number;
  readonly cost: Cost;
  readonly method: 'GET' | 'POST';
}

/**
 * When requests come. Rates are means over a long time, per second; with a `shape` the rate changes by its factor, a
 * daily wave or a flash crowd, and the Poisson process has that rate at each moment.
 */
export type Arrivals =
  | { readonly kind: 'poisson'; readonly perSecond: number; readonly shape?: RateShape }
  | { readonly kind: 'steady'; readonly perSecond: number }
  | PageArrivals;

/** Pages come as a Poisson process; each asks for its parts. */
export interface PageArrivals {
  readonly kind: 'pages';
  readonly perSecond: number;
  readonly shape?: RateShape;
  /** Names of request classes: one request each, in this order and `gapMs` apart. */
  readonly parts: readonly string[];
  readonly gapMs: number;
}

/** Addresses from which requests come, each equally likely within the group. */
export interface ClientGroup {
  readonly share: number;
  /** First IPv4 address of the group, dotted decimal. */
  readonly from: string;
  /** How many addresses, counted up from the first. */
  readonly addresses: number;
}

export interface Workload {
  readonly arrivals: Arrivals;
  readonly classes: readonly RequestClass[];
  readonly clients: readonly ClientGroup[];
}

/** A stretch of time in which `factor` times as many requests come. */
export interface Spike {
  readonly atUs: number;
  readonly forUs: number;
  /** At least 1. */
  readonly factor: number;
}

/** Every request of a run with all that belongs to it, in order of arrival. */
export interface Traffic {
  readonly count: number;
  readonly arrivedUs: Float64Array<ArrayBuffer>;
  readonly costUs: Float64Array<ArrayBuffer>;
  /** Index into the workload's classes. */
  readonly class: Uint8Array<ArrayBuffer>;
  /** IPv4 address as an unsigned 32-bit integer. */
  readonly client: Uint32Array<ArrayBuffer>;
}

/**
 * Draws a run's traffic before anything decides about it, so that every lane meets the same requests at the same
 * moments. A spike or a flash crowd adds requests of its own streams and changes none of those that come anyway.
 * @throws RangeError when a number of the workload or a spike is out of range
 */
export function drawTraffic(
  workload: Workload,
  seed: number,
  durationUs: number,
  spikes: readonly Spike[] = [],
): Traffic {
  const { arrivals } = workload;
  const flows = flowsOf(arrivals.kind === 'steady' ? undefined : arrivals.shape);
  const parts = flows.map((flow) => draw(workload, seed, within(flow, 0, durationUs)));
  spikes.forEach((spike, index) => {
    if (!(spike.factor >= 1)) throw new RangeError(`factor: ${spike.factor} is less than 1`);
    const end = Math.min(durationUs, spike.atUs + spike.forUs);
    for (const flow of flows) {
      const most = flow.most * (spike.factor - 1);
      const name = `spike ${index} ${flow.name}`;
      parts.push(draw(workload, seed, within({ ...flow, name, most }, spike.atUs, end)));
    }
  });
  return merge(parts);
}

function within(flow: Flow, fromUs: number, untilUs: number): Flow {
  return { ...flow, fromUs: Math.max(flow.fromUs, fromUs), untilUs: Math.min(flow.untilUs, untilUs) };
}

/** Dotted decimal text of an address. */
export function addressText(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** @throws RangeError when `text` is not four numbers 0 … 255 */
export function addressNumber(text: string): number {
  const octets = text.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) {
    throw new RangeError(`from: ${text} is not an IPv4 address`);
  }
  return octets.reduce((address, octet) => address * 256 + octet, 0);
}

interface Drawn {
  readonly arrivedUs: number[];
  readonly costUs: number[];
  readonly class: number[];
  readonly client: number[];
}

/**
 * The requests of one flow. A changing rate is a Poisson process of the largest rate of which each arrival is kept with
 * the probability that the rate then is of the largest (thinning: Lewis and Shedler, 1979).
 */
function draw(workload: Workload, seed: number, { name: prefix, fromUs, untilUs, most, part }: Flow): Drawn {
  const drawn: Drawn = { arrivedUs: [], costUs: [], class: [], client: [] };
  if (!(most > 0)) return drawn;
  const { classes, clients } = workload;
  const moments = stream(seed, `${prefix}arrivals`);
  const kept = stream(seed, `${prefix}thinning`);
  const kinds = stream(seed, `${prefix}classes`);
  const costs = stream(seed, `${prefix}costs`);
  const pickGroup = chooser(clients.map((group) => group.share));
  const pickClass = chooser(classes.map((each) => each.share));
  const bases = clients.map((group) => addressNumber(group.from));
  const groups = stream(seed, `${prefix}client groups`);
  const addresses = stream(seed, `${prefix}client addresses`);

  const client = (): number => {
    const group = pickGroup(groups);
    return bases[group]! + addresses.below(clients[group]!.addresses);
  };
  const request = (atUs: number, kind: number, address: number): void => {
    const costUs = drawCostUs(classes[kind]!.cost, costs);
    if (atUs >= untilUs) return;
    drawn.arrivedUs.push(atUs);
    drawn.class.push(kind);
    drawn.costUs.push(costUs);
    drawn.client.push(address);
  };

  const { arrivals } = workload;
  const meanGapUs = 1_000_000 / (arrivals.perSecond * most);
  const page = arrivals.kind === 'pages' ? arrivals.parts.map((part) => indexOfClass(classes, part)) : [];
  const gapUs = arrivals.kind === 'pages' ? Math.round(arrivals.gapMs * 1000) : 0;
  for (let time = fromUs; ; ) {
    time += meanGapUs * (arrivals.kind === 'steady' ? 1 : exponential(moments));
    if (time >= untilUs) break;
    if (part && kept.unit() >= part(time)) continue;
    const atUs = Math.round(time);
    const address = client();
    if (arrivals.kind === 'pages') {
      page.forEach((kind, place) => {
        request(atUs + place * gapUs, kind, address);
      });
    } else {
      request(atUs, pickClass(kinds), address);
    }
  }
  return drawn;
}

function indexOfClass(classes: readonly RequestClass[], name: string): number {
  const index = classes.findIndex((each) => each.name === name);
  if (index < 0) throw new RangeError(`parts: no request class is called ${name}`);
  return index;
}

/** Picks an index with probability proportional to its weight. */
function chooser(weights: readonly number[]): (source: Stream) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bounds = weights.map((_, index) => weights.slice(0, index + 1).reduce((sum, weight) => sum + weight, 0));
  return (source) => {
    const place = source.unit() * total;
    const index = bounds.findIndex((bound) => place < bound);
    return index < 0 ? weights.length - 1 : index;
  };
}

function merge(parts: readonly Drawn[]): Traffic {
  const rows = parts.flatMap((part, source) => part.arrivedUs.map((atUs, row) => ({ atUs, source, row })));
  rows.sort((left, right) => left.atUs - right.atUs || left.source - right.source || left.row - right.row);
  const column = (name: keyof Drawn): number[] => rows.map(({ source, row }) => parts[source]![name][row]!);
  return {
    count: rows.length,
    arrivedUs: Float64Array.from(column('arrivedUs')),
    costUs: Float64Array.from(column('costUs')),
    class: Uint8Array.from(column('class')),
    client: Uint32Array.from(column('client')),
  };
}
