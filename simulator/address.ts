import type { Command, NetworkCommand, Params, ServerCommand } from './scene.ts';

/** Everything that makes a run repeatable, as it stands in a page's address. */
export interface Address {
  readonly scene: string;
  readonly preset?: string;
  readonly seed?: number;
  /** Whose code fills the learner's lane. */
  readonly exercise?: string;
  /** Control values that differ from the preset's. */
  readonly params: Params;
  readonly commands: readonly Command[];
  /** Where the playhead stands, in ms. */
  readonly atMs?: number;
}

/**
 * Writes the query of a run, without the question mark: `scene=slow-server&preset=slow&seed=7&do=8000:kill:s2`.
 * Commands are `at:kind:node`, with the speed after `slow`, ms after `lag`, the share after `lose` and factor and length
 * after `spike`. A fault between two nodes names the second in the end: `8000:lag:a:100:b`.
 */
export function printAddress(address: Address): string {
  const pairs: [string, string][] = [['scene', address.scene]];
  if (address.preset !== undefined) pairs.push(['preset', address.preset]);
  if (address.seed !== undefined) pairs.push(['seed', String(address.seed)]);
  if (address.exercise !== undefined) pairs.push(['exercise', address.exercise]);
  for (const [name, value] of Object.entries(address.params)) pairs.push([`p.${name}`, String(value)]);
  if (address.commands.length > 0) pairs.push(['do', address.commands.map(printCommand).join(',')]);
  if (address.atMs !== undefined) pairs.push(['at', String(Math.round(address.atMs))]);
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(3A|2C)/g, decode)}`).join('&');
}

/** Reads a query; undefined when it names no scene. What cannot be read in it is left out. */
export function parseAddress(query: string): Address | undefined {
  const search = new URLSearchParams(query);
  const scene = search.get('scene');
  if (!scene) return undefined;
  const params: Record<string, number | string> = {};
  for (const [name, value] of search) {
    if (name.startsWith('p.')) params[name.slice(2)] = value.trim() !== '' && Number.isFinite(+value) ? +value : value;
  }
  return {
    scene,
    preset: search.get('preset') ?? undefined,
    seed: wholeNumber(search.get('seed')),
    exercise: search.get('exercise') ?? undefined,
    params,
    commands: (search.get('do') ?? '').split(',').flatMap((text) => parseCommand(text) ?? []),
    atMs: wholeNumber(search.get('at')),
  };
}

function printCommand(command: Command): string {
  const at = Math.round(command.atMs);
  if (command.kind === 'spike') return `${at}:spike:${command.factor}:${Math.round(command.forMs)}`;
  if ('region' in command) return `${at}:${command.kind}:${command.region}`;
  const peer = 'peer' in command && command.peer !== undefined ? `:${command.peer}` : '';
  return `${at}:${command.kind}:${command.node}${amount(command)}${peer}`;
}

function amount(command: ServerCommand | NetworkCommand): string {
  if (command.kind === 'slow') return `:${command.speed}`;
  if (command.kind === 'lag') return `:${command.ms}`;
  return command.kind === 'lose' ? `:${command.share}` : '';
}

function parseCommand(text: string): Command | undefined {
  const [at, kind, first = '', second = '', third = ''] = text.split(':');
  const atMs = wholeNumber(at ?? null);
  if (atMs === undefined || first === '') return undefined;
  switch (kind) {
    case 'kill':
    case 'hang':
    case 'pause':
    case 'revive':
      return { atMs, kind, node: first };
    case 'slow':
      return positive(second) ? { atMs, kind, node: first, speed: Number(second) } : undefined;
    case 'partition':
    case 'heal':
      return { atMs, kind, node: first, ...peer(second) };
    case 'lag':
      return positive(second) ? { atMs, kind, node: first, ms: Number(second), ...peer(third) } : undefined;
    case 'lose':
      return positive(second) && Number(second) <= 1
        ? { atMs, kind, node: first, share: Number(second), ...peer(third) }
        : undefined;
    case 'region-down':
    case 'region-up':
      return { atMs, kind, region: first };
    case 'spike':
      return positive(first) && positive(second)
        ? { atMs, kind, factor: Number(first), forMs: Number(second) }
        : undefined;
    default:
      return undefined;
  }
}

function peer(text: string): { peer?: string } {
  return text === '' ? {} : { peer: text };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function positive(text: string): boolean {
  return Number.isFinite(Number(text)) && Number(text) > 0;
}

function decode(escaped: string): string {
  return decodeURIComponent(escaped);
}
