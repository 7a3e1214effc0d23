import type { EdgeServer, OriginAnswer } from '../parts/slots/edge.ts';
import { stream } from '../stream.ts';
import { NEVER } from '../trace.ts';
import type { Cost } from '../workload/cost.ts';
import type { Keys } from '../workload/keys.ts';
import { drawsOf, keySampler } from '../workload/keys.ts';

/** Pages of one origin, for people in several regions. Times in ms, distances one way. */
export interface ContentPlan {
  readonly durationMs: number;
  readonly regions: readonly Region[];
  /** Between a user and the edge server of the region. */
  readonly toEdgeMs: number;
  readonly viewsPerSecond: number;
  readonly originCores: number;
  /** A page is HTML, made by the origin for each view … */
  readonly html: Cost;
  /** … the same few files for everybody … */
  readonly shared: readonly string[];
  /** … and so many photos of these. */
  readonly photosPerView: number;
  readonly photos: Keys;
  /** What sending one file or photo costs the origin. */
  readonly file: Cost;
  readonly sharedTtlMs: number;
  readonly photoTtlMs: number;
  readonly staleWhileRevalidateMs: number;
  /** Shared files are named after their content: a new version is a new name, an old name never changes. */
  readonly fingerprints: boolean;
  /** Views of photos in all regions before the run; the edge servers hold what was seen. */
  readonly warmViews: number;
  /** Where given, each view is one of so many people's, whose browsers keep the shared files for their ttl. */
  readonly people?: number;
  /** From this moment on the origin serves version 2 of the HTML and of the shared files. */
  readonly deployMs?: number;
  /** When the edge servers are told to forget the shared files. */
  readonly purgeMs?: number;
}

export interface Region {
  readonly name: string;
  /** Part of all views. */
  readonly share: number;
  /** Between the region's edge server and the origin. */
  readonly toOriginMs: number;
  /** Age of the shared files in its edge server when the run begins, as a part of their ttl, 0 … 1. */
  readonly agePart: number;
}

/** Where the shared files and the photos live. */
export const ASSETS = '/assets';
const PHOTOS = '/photos';

/** The URLs that a view needs after its HTML. */
export function urlsOfView(plan: ContentPlan, version: number, photos: readonly number[]): string[] {
  return [...plan.shared.map((file) => sharedUrl(plan, file, version)), ...photos.map((photo) => `${PHOTOS}/${photo}`)];
}

export function isShared(url: string): boolean {
  return url.startsWith(ASSETS);
}

function sharedUrl(plan: ContentPlan, file: string, version: number): string {
  return plan.fingerprints ? `${ASSETS}/v${version}-${file}` : `${ASSETS}/${file}`;
}

/**
 * The objects of many requests as numbers, the most popular first: shared files, those of version 2 after those of
 * version 1 where they have names of their own, then photos by rank. `NEVER` for HTML, which is made for one view.
 */
export function keysOf(plan: ContentPlan, requests: readonly { readonly url?: string }[]): Int32Array {
  const numbers = new Map<string | undefined, number>([[undefined, NEVER]]);
  const files = (plan.fingerprints ? [1, 2] : [1]).flatMap((version) =>
    plan.shared.map((file) => sharedUrl(plan, file, version)),
  );
  for (const [number, url] of files.entries()) numbers.set(url, number);
  return Int32Array.from(requests, ({ url }) => numbers.get(url) ?? photoKey(url!, files.length));
}

function photoKey(url: string, files: number): number {
  const rank = url.startsWith(`${PHOTOS}/`) ? Number(url.slice(PHOTOS.length + 1)) : Number.NaN;
  return Number.isInteger(rank) ? files + rank : NEVER;
}

/** What the origin sends: which version of what, and when it was made, so that whoever keeps it knows its age. */
export function bodyOf(plan: ContentPlan, url: string, version: number, atMs: number): string {
  const named = plan.fingerprints && isShared(url) ? Number(url.slice(`${ASSETS}/v`.length).split('-')[0]) : version;
  return `${url} version ${named} of ${atMs}`;
}

/** Version and birth of a body; undefined for anything but the body of this URL. */
export function readBody(url: string, body: unknown): { readonly version: number; readonly atMs: number } | undefined {
  if (typeof body !== 'string' || !body.startsWith(`${url} version `)) return undefined;
  const [version, atMs] = body.slice(`${url} version `.length).split(' of ').map(Number);
  return { version: version!, atMs: atMs! };
}

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** How long a browser shows its copy of a shared file, from its birth at the origin. */
export function browserTtlMs({ fingerprints, sharedTtlMs }: ContentPlan): number {
  return fingerprints ? YEAR_MS : sharedTtlMs;
}

/** What the origin says of a file, with its bytes. */
export function answerOf(plan: ContentPlan, url: string, body: string): OriginAnswer {
  const { photoTtlMs, staleWhileRevalidateMs, fingerprints } = plan;
  if (!isShared(url)) return { body, maxAgeMs: photoTtlMs, staleWhileRevalidateMs: 0 };
  if (fingerprints) return { body, maxAgeMs: YEAR_MS, staleWhileRevalidateMs: 0, immutable: true };
  return { body, maxAgeMs: plan.sharedTtlMs, staleWhileRevalidateMs };
}

/** A view's region by its own draw, as an index. */
export function regionOf(plan: ContentPlan, unit: number): number {
  let bound = 0;
  for (let index = 0; index < plan.regions.length - 1; index++) {
    bound += plan.regions[index]!.share;
    if (unit < bound) return index;
  }
  return plan.regions.length - 1;
}

/** Everything random about a view but its moment. */
export function drawView(plan: ContentPlan, seed: number, atUs: number, costUs: number) {
  const draws = drawsOf(seed, 'view', atUs, costUs);
  const region = regionOf(plan, draws.unit());
  const person = draws.unit();
  const keyOf = keySampler(plan.photos);
  const photos = Array.from({ length: plan.photosPerView }, () => keyOf(draws.unit(), 0));
  return { region, photos, person: plan.people === undefined ? undefined : Math.floor(person * plan.people) };
}

/** Lets the edge server of a region fetch what earlier views needed: shared files, and photos as popular as ever. */
export function warmEdge(plan: ContentPlan, region: number, seed: number, edge: EdgeServer): Promise<unknown> {
  const units = stream(seed, `warm ${plan.regions[region]!.name}`);
  const keyOf = keySampler(plan.photos);
  const seen = new Set<number>();
  const reads = Math.round(plan.warmViews * plan.regions[region]!.share) * plan.photosPerView;
  for (let read = 0; read < reads; read++) seen.add(keyOf(units.unit(), read));
  return Promise.all(urlsOfView(plan, 1, [...seen]).map((url) => edge.get(url)));
}
