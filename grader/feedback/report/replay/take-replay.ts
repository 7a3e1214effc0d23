import type { Scene } from '../../../../simulator/scene.ts';
import type { Trace } from '../../../../simulator/trace.ts';
import type { Replay, ReplayConfig, ReplayLane } from './protocol.ts';

const FRAMES = 100;
const NEVER = -1;

/** Runs the scene's first lane and the learner's under the same traffic, and takes what a player shows. */
export async function takeReplay<Plan, Strategy>(
  scene: Scene<Plan, Strategy>,
  exports: Readonly<Record<string, unknown>>,
  { language, exercise, seed, params, words }: Omit<ReplayConfig, 'worker'>,
): Promise<Replay> {
  const initial = Object.fromEntries([
    ...scene.controls.map((control) => [control.name, control.initial]),
    ...Object.entries(scene.presets[0]?.params ?? {}),
  ]);
  const plan = scene.plan({ ...initial, ...params });
  const run = (strategy: Strategy) => scene.run(plan, strategy, { seed });
  const [baseline] = scene.baselines;
  const adapter = scene.exercises[exercise];
  if (adapter === undefined) throw new Error(`${scene.id} does not know ${exercise}`);
  const traces = [
    ...(baseline === undefined
      ? []
      : [{ label: baseline.label[language], yours: false, trace: await run(baseline.make) }]),
    { label: `${words.yours} (${exercise}.ts)`, yours: true, trace: await run(adapter.adapt(exports)) },
  ];
  const durationUs = Math.max(...traces.map(({ trace }) => trace.durationUs));
  const moments = Array.from({ length: FRAMES }, (_, frame) => ((frame + 1) * durationUs) / FRAMES);
  return {
    durationMs: durationUs / 1000,
    frames: FRAMES,
    measures: scene.measures.map(({ label, unit }) => ({ label: label[language], unit })),
    lanes: traces.map(({ label, yours, trace }) => ({ label, yours, ...laneOf(scene, trace, moments) })),
    events: eventsOf(traces, words.stopped),
  };
}

function laneOf(
  scene: { readonly measures: Scene<never, never>['measures'] },
  trace: Trace,
  moments: readonly number[],
): Pick<ReplayLane, 'figures' | 'nodes'> {
  const served = trace.nodes
    .map((node, index) => ({ node, index }))
    .filter(({ node, index }) => node.cores > 0 && trace.visits.node.includes(index));
  return {
    figures: scene.measures.map((measure) => moments.map((atUs) => measure.of(trace, 0, atUs) ?? null)),
    nodes: served.map(({ node, index }) => ({
      name: node.id,
      waiting: waitingAt(trace, index, moments),
      state: moments.map((atUs) => stateAt(trace, index, atUs)),
    })),
  };
}

/** Requests in a node's queue at each moment: entered, and neither taken by a core nor gone. */
function waitingAt({ visits }: Trace, node: number, moments: readonly number[]): number[] {
  const changes: { atUs: number; by: 1 | -1 }[] = [];
  for (let visit = 0; visit < visits.node.length; visit++) {
    const entered = visits.enteredUs[visit] ?? NEVER;
    if (visits.node[visit] !== node || entered === NEVER) continue;
    changes.push({ atUs: entered, by: 1 });
    const started = visits.startedUs[visit] ?? NEVER;
    const ended = started === NEVER ? (visits.leftUs[visit] ?? NEVER) : started;
    if (ended !== NEVER) changes.push({ atUs: ended, by: -1 });
  }
  changes.sort((a, b) => a.atUs - b.atUs);
  let [next, waiting] = [0, 0];
  return moments.map((atUs) => {
    for (let change = changes[next]; change !== undefined && change.atUs <= atUs; change = changes[next]) {
      waiting += change.by;
      next++;
    }
    return waiting;
  });
}

function stateAt({ changes }: Trace, node: number, atUs: number): string {
  return changes.findLast((change) => change.node === node && change.atUs <= atUs)?.state ?? 'up';
}

/** Changes of the world, once each, and where a lane's code stopped. */
function eventsOf(
  lanes: readonly { readonly label: string; readonly trace: Trace }[],
  stopped: string,
): Replay['events'] {
  const events = new Map<string, { atMs: number; text: string }>();
  for (const { label, trace } of lanes) {
    for (const { atUs, node, state, speed } of trace.changes) {
      const how = state === 'slow' ? `${state} (${Math.round(speed * 100)} %)` : state;
      const event = { atMs: atUs / 1000, text: `${trace.nodes[node]?.id ?? ''}: ${how}` };
      events.set(`${event.atMs} ${event.text}`, event);
    }
    if (trace.failure !== undefined) {
      const atMs = trace.failure.atUs / 1000;
      events.set(`${label} stops`, { atMs, text: `${label}: ${stopped} ${trace.failure.message}` });
    }
  }
  return [...events.values()].sort((a, b) => a.atMs - b.atMs).slice(0, 60);
}
