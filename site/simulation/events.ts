import type { Command, NetworkCommand } from '../../simulator/scene.ts';
import type { Language } from '../../simulator/text.ts';
import type { StateChange, Trace } from '../../simulator/trace.ts';
import { NEVER } from '../../simulator/trace.ts';
import { say } from '../words.ts';
import type { Mark } from './chart.ts';
import { formatMs, formatSeconds } from './format.ts';
import { nodeName, placeName } from './node-names.ts';
import { LATE_US } from './paint.ts';

export interface LaneTrace {
  readonly label: string;
  readonly trace: Trace;
}

/**
 * What happened to the world, in order: once where it happened in every lane alike, with the lane's name where it
 * did not, and when a server's queue first held somebody for more than a second. What a command does to a server is told
 * by the traces; what it does to traffic, region or network, by the command, but for a server that is cut off by it.
 */
export function eventsOf(lanes: readonly LaneTrace[], commands: readonly Command[], language: Language): Mark[] {
  const byText = new Map<string, { atUs: number; label: string; bad: boolean; lanes: string[] }>();
  const note = (lane: string, atUs: number, label: string, bad: boolean) => {
    const key = `${atUs} ${label}`;
    const known = byText.get(key);
    if (known) known.lanes.push(lane);
    else byText.set(key, { atUs, label, bad, lanes: [lane] });
  };
  for (const { label, trace } of lanes) {
    for (const change of trace.changes)
      note(label, change.atUs, describe(change, trace, language), change.state !== 'up');
    for (const { atUs, node } of firstOverloads(trace)) {
      note(label, atUs, `${nodeName(trace.nodes[node]!.id, language)} ${say('overloaded', language)}`, true);
    }
  }
  const marks: Mark[] = [...byText.values()].map(({ atUs, label, bad, lanes: where }) => ({
    atUs,
    bad,
    label: where.length === lanes.length ? label : `${where.join(', ')}: ${label}`,
  }));
  for (const command of commands) {
    const label = isToldBy(lanes, command) ? '' : commandText(command, language);
    if (label) marks.push({ atUs: command.atMs * 1000, bad: BAD.has(command.kind), label });
  }
  return marks.sort((a, b) => a.atUs - b.atUs);
}

/** Whether a trace has already said what a partition, or its end, did to a server. */
function isToldBy(lanes: readonly LaneTrace[], command: Command): boolean {
  if (command.kind !== 'partition' && command.kind !== 'heal') return false;
  const is = ({ node, atUs }: StateChange, { nodes }: Trace) =>
    nodes[node]!.id === command.node && atUs === command.atMs * 1000;
  return lanes.some(({ trace }) => trace.changes.some((change) => is(change, trace)));
}

/** Of the commands that the log tells itself, those that take something away. */
const BAD: ReadonlySet<Command['kind']> = new Set(['partition', 'lag', 'lose', 'region-down']);

/** What a command did, where no server's state tells it; empty for commands to a server. */
export function commandText(command: Command, language: Language): string {
  switch (command.kind) {
    case 'kill':
    case 'hang':
    case 'pause':
    case 'revive':
    case 'slow':
      return '';
    case 'spike': {
      const time = formatSeconds(command.forMs * 1000, language);
      return say('logSpike', language, { factor: command.factor, time });
    }
    case 'partition':
      return say('logPartition', language, { place: placeOf(command, language) });
    case 'heal':
      return say('logHeal', language, { place: placeOf(command, language) });
    case 'lag':
      return say('logLag', language, { place: placeOf(command, language), time: formatMs(command.ms, language) });
    case 'lose': {
      const percent = Number((100 * command.share).toPrecision(3));
      return say('logLose', language, { place: placeOf(command, language), percent });
    }
    case 'region-down':
      return say('logRegionDown', language, { region: placeName(command.region, language) });
    case 'region-up':
      return say('logRegionUp', language, { region: placeName(command.region, language) });
  }
}

/** A node, or the two between which something happens. */
function placeOf({ node, peer }: NetworkCommand, language: Language): string {
  return [node, ...(peer === undefined ? [] : [peer])].map((id) => nodeName(id, language)).join(' ↔ ');
}

/** What a server's state is called; empty for a healthy one. */
export function stateText(state: StateChange['state'], speed: number, language: Language): string {
  switch (state) {
    case 'up':
      return '';
    case 'slow':
      return speed === 0.5 ? say('halfSpeed', language) : say('speedOf', language, { n: speed });
    case 'down':
      return say('stateDown', language);
    case 'hung':
      return say('stateHung', language);
    case 'paused':
      return say('statePaused', language);
    case 'ejected':
      return say('stateEjected', language);
    case 'cut':
      return say('stateCut', language);
  }
}

function describe({ node, state, speed }: StateChange, trace: Trace, language: Language): string {
  return `${nodeName(trace.nodes[node]!.id, language)} ${stateText(state, speed, language) || say('stateUp', language)}`;
}

/** For each node that works the first moment at which somebody in its queue has been in the system for a second. */
export function firstOverloads(trace: Trace): { readonly atUs: number; readonly node: number }[] {
  const first = new Map<number, number>();
  const { visits, requests } = trace;
  for (let i = 0; i < visits.node.length; i++) {
    const atUs = requests.arrivedUs[visits.request[i]!]! + LATE_US;
    const entered = visits.enteredUs[i]!;
    const started = visits.startedUs[i]!;
    const left = visits.leftUs[i]!;
    if (atUs >= trace.durationUs || entered === NEVER || entered > atUs) continue;
    if ((started !== NEVER && started <= atUs) || (left !== NEVER && left <= atUs)) continue;
    const node = visits.node[i]!;
    if (trace.nodes[node]!.cores === 0) continue;
    first.set(node, Math.min(first.get(node) ?? Number.POSITIVE_INFINITY, atUs));
  }
  return [...first].map(([node, atUs]) => ({ node, atUs }));
}
