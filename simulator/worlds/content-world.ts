import { described } from '../described.ts';
import { Kernel } from '../kernel.ts';
import { microseconds } from '../microseconds.ts';
import { Server } from '../parts/machines/server.ts';
import type { ContentNetwork, EdgeServer, OriginAnswer } from '../parts/slots/edge.ts';
import { serverCommands, spikesOf, Timeline } from '../parts/timeline.ts';
import { arrivedBy, OUTCOME, pendingRequests, VisitRecorder } from '../recorder.ts';
import type { RunOptions, ServerCommand } from '../scene.ts';
import { afterPromiseJobs, runSettled } from '../settle.ts';
import type { StateChange, Trace } from '../trace.ts';
import { NEVER } from '../trace.ts';
import { drawCostUs } from '../workload/cost.ts';
import type { KeyedTraffic } from '../workload/keyed-traffic.ts';
import { drawKeyedTraffic } from '../workload/keyed-traffic.ts';
import { drawsOf } from '../workload/keys.ts';
import { Browsers } from './browsers.ts';
import type { ContentPlan } from './content-plan.ts';
import {
  ASSETS,
  answerOf,
  bodyOf,
  browserTtlMs,
  drawView,
  isShared,
  keysOf,
  readBody,
  urlsOfView,
  warmEdge,
} from './content-plan.ts';

/**
 * Runs a plan with one content network. A view takes TCP and TLS (two round trips), the HTML from the origin, then all
 * its files at once. With a network the user talks to the edge server of the region alone, which passes the HTML
 * request on. An edge that throws, or rejects with anything but the origin's own error, ends the run with `failure` set.
 * @throws RangeError when plan or commands name something that does not exist
 */
export async function runContent(plan: ContentPlan, network: ContentNetwork, options: RunOptions): Promise<Trace> {
  const run = new ContentRun(plan, network, options);
  await run.warm();
  return run.run();
}

const ARRIVE = 0;
const ENTER = 1;
const FINISH = 2;
const HTML = 3;
const AT_EDGE = 4;
const FILE = 5;
const FETCHED = 6;
const PURGE = 7;
const COMMAND = 8;

const ORIGIN = 0;
const NO_ANSWER = 'the origin gives no answer';

/** Round trips before the first request of a connection: TCP and TLS 1.3. */
const HANDSHAKES = 2;

interface View {
  readonly region: number;
  readonly photos: readonly number[];
  readonly person: number | undefined;
  version: number;
  /** Files that are still to come. */
  missing: number;
}

interface Fetch {
  readonly url: string;
  readonly region: number;
  readonly resolve: (answer: OriginAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** Why the origin was visited: by a view for its HTML (no URL), or for a file, by a view or by an edge server. */
interface Errand {
  readonly request: number;
  readonly costUs: number;
  readonly url?: string;
  readonly fetch?: Fetch;
  body?: string;
}

class ContentRun {
  readonly #kernel = new Kernel();
  readonly #traffic: KeyedTraffic;
  readonly #visits: VisitRecorder;
  readonly #requests: Trace['requests'];
  readonly #mixedUs: Float64Array<ArrayBuffer>;
  readonly #views: (View | undefined)[] = [];
  readonly #errands: Errand[] = [];
  readonly #origin: Server;
  readonly #edges: EdgeServer[] = [];
  readonly #changes: StateChange[] = [];
  readonly #timeline: Timeline<ServerCommand>;
  readonly #browsers = new Browsers();
  readonly #seed: number;
  #asking = 0;
  /** While an edge server is being filled, how long before the run that is, ms. */
  #aheadMs = NEVER;
  #failure: Trace['failure'];

  constructor(
    private readonly plan: ContentPlan,
    network: ContentNetwork,
    options: RunOptions,
  ) {
    this.#seed = options.seed;
    const commands = options.commands ?? [];
    const durationUs = microseconds(plan.durationMs);
    const views = {
      name: 'view',
      perSecond: plan.viewsPerSecond,
      keys: { kind: 'uniform', count: 1 },
      cost: plan.html,
    } as const;
    this.#traffic = drawKeyedTraffic([views], options.seed, durationUs, spikesOf(commands));
    const files = plan.shared.length + plan.photosPerView;
    this.#visits = new VisitRecorder(this.#traffic.count * (files + 2));
    this.#requests = pendingRequests(this.#traffic.arrivedUs, this.#traffic.class.slice());
    this.#mixedUs = new Float64Array(this.#traffic.count).fill(NEVER);
    this.#origin = new Server(
      this.#kernel,
      this.#visits,
      { id: 'origin', cores: plan.originCores },
      {
        finish: FINISH,
        base: 0,
        costUs: (visit) => this.#errands[visit]!.costUs,
        left: (visit) => this.#left(visit),
      },
    );
    this.#timeline = new Timeline(this.#kernel, COMMAND, commands, serverCommands(['origin']));
    this.#schedule();
    this.#guard(() => {
      plan.regions.forEach((_, region) => {
        const edge = network.edge?.({
          fetchOrigin: (url) => this.#fetch(region, url),
          now: () => this.#kernel.nowUs / 1000 - Math.max(0, this.#aheadMs),
        });
        if (edge) this.#edges.push(edge);
      });
    });
  }

  /** Fills the edge servers, each at the moment that gives its shared files their age. */
  async warm(): Promise<void> {
    for (let region = 0; region < this.#edges.length && !this.#failure; region++) {
      this.#aheadMs = Math.round(this.plan.regions[region]!.agePart * this.plan.sharedTtlMs);
      this.#guard(() => {
        warmEdge(this.plan, region, this.#seed, this.#edges[region]!).catch((error: unknown) => this.#fail(error));
      });
      await new Promise<void>((done) => afterPromiseJobs(done));
    }
    this.#aheadMs = NEVER;
  }

  async run(): Promise<Trace> {
    if (!this.#failure) {
      await runSettled(this.#kernel, microseconds(this.plan.durationMs), (kind, a, b) => {
        this.#handle(kind, a, b);
        if (this.#failure) return 'over';
        return kind === AT_EDGE || kind === FETCHED || kind === PURGE ? 'called' : undefined;
      });
    }
    return this.#trace();
  }

  #schedule(): void {
    if (this.plan.purgeMs !== undefined) this.#kernel.at(microseconds(this.plan.purgeMs), PURGE);
    if (this.#traffic.count > 0) this.#kernel.at(this.#traffic.arrivedUs[0]!, ARRIVE, 0);
  }

  #handle(kind: number, a: number, b: number): void {
    if (kind === ARRIVE) this.#arrive(a);
    else if (kind === ENTER) this.#origin.enter(a);
    else if (kind === FINISH) this.#origin.finish(a, b);
    else if (kind === HTML) this.#html(a);
    else if (kind === AT_EDGE) this.#atEdge(a);
    else if (kind === FILE) this.#file(a);
    else if (kind === FETCHED) this.#fetched(a);
    else if (kind === PURGE) this.#purge();
    else this.#obey(this.#timeline.fault(a));
  }

  #arrive(request: number): void {
    const next = request + 1;
    if (next < this.#traffic.count) this.#kernel.at(this.#traffic.arrivedUs[next]!, ARRIVE, next);
    const costUs = this.#traffic.costUs[request]!;
    const view = drawView(this.plan, this.#seed, this.#kernel.nowUs, costUs);
    this.#views[request] = { ...view, version: 0, missing: 0 };
    this.#requests.class[request] = view.region;
    const userUs = this.#toServerUs(view.region);
    const passOnUs = this.#edges.length > 0 ? microseconds(this.plan.regions[view.region]!.toOriginMs) : 0;
    this.#visitOrigin({ request, costUs }, (2 * HANDSHAKES + 1) * userUs + passOnUs);
  }

  /** Between a user and whom the browser talks to: the edge server, or the origin where there is none. */
  #toServerUs(region: number): number {
    const { toEdgeMs, regions } = this.plan;
    return microseconds(this.#edges.length > 0 ? toEdgeMs : toEdgeMs + regions[region]!.toOriginMs);
  }

  #visitOrigin(errand: Errand, inUs: number): void {
    const visit = this.#visits.add(errand.request, ORIGIN, this.#kernel.nowUs);
    this.#errands[visit] = errand;
    this.#kernel.after(inUs, ENTER, visit);
  }

  #left(visit: number): void {
    const errand = this.#errands[visit]!;
    const { region } = this.#views[errand.request] ?? { region: 0 };
    const version = this.#deployed(this.#kernel.nowUs) ? 2 : 1;
    if (errand.url !== undefined) errand.body = bodyOf(this.plan, errand.url, version, this.#kernel.nowUs / 1000);
    if (errand.fetch) {
      this.#kernel.after(microseconds(this.plan.regions[errand.fetch.region]!.toOriginMs), FETCHED, visit);
      return;
    }
    const passOnUs = this.#edges.length > 0 ? microseconds(this.plan.regions[region]!.toOriginMs) : 0;
    const backUs = this.#toServerUs(region) + passOnUs;
    if (errand.url === undefined) this.#views[errand.request]!.version = version;
    this.#kernel.after(backUs, errand.url === undefined ? HTML : FILE, visit);
  }

  #deployed(atUs: number): boolean {
    return this.plan.deployMs !== undefined && atUs >= microseconds(this.plan.deployMs);
  }

  /** The HTML is there: the browser asks for every file that it does not keep. */
  #html(visit: number): void {
    const request = this.#visits.request[visit]!;
    if (this.#visits.outcome[visit] !== OUTCOME.ok) {
      this.#end(request, OUTCOME.error);
      return;
    }
    const view = this.#views[request]!;
    const urls = urlsOfView(this.plan, view.version, view.photos).filter((url) => !this.#kept(request, url));
    view.missing = urls.length;
    if (urls.length === 0) {
      this.#end(request, OUTCOME.ok);
      return;
    }
    if (this.#edges.length > 0) {
      for (const url of urls) {
        const asking = this.#visits.add(request, 1 + view.region, this.#kernel.nowUs);
        this.#errands[asking] = { request, costUs: 0, url };
        this.#kernel.after(microseconds(this.plan.toEdgeMs), AT_EDGE, asking);
      }
      return;
    }
    const draws = drawsOf(this.#seed, 'files', request);
    for (const url of urls) {
      const costUs = drawCostUs(this.plan.file, draws);
      this.#visitOrigin({ request, costUs, url }, this.#toServerUs(view.region));
    }
  }

  #atEdge(visit: number): void {
    const errand = this.#errands[visit]!;
    const url = errand.url!;
    const enteredUs = this.#kernel.nowUs;
    this.#visits.enteredUs[visit] = enteredUs;
    this.#asking = errand.request;
    const leave = (outcome: number): void => {
      this.#visits.leftUs[visit] = this.#kernel.nowUs;
      this.#visits.outcome[visit] = outcome;
      this.#kernel.after(microseconds(this.plan.toEdgeMs), FILE, visit);
    };
    this.#guard(() => {
      this.#edges[this.#visits.node[visit]! - 1]!.get(url).then(
        (body) => {
          if (this.#kernel.nowUs === enteredUs) this.#visits.startedUs[visit] = enteredUs;
          errand.body = body;
          leave(OUTCOME.ok);
        },
        (error: unknown) => {
          if (error instanceof Error && error.message === NO_ANSWER) leave(OUTCOME.error);
          else this.#fail(error);
        },
      );
    });
  }

  #purge(): void {
    this.#guard(() => {
      for (const edge of this.#edges) edge.purge(ASSETS);
    });
  }

  #fetch(region: number, url: string): Promise<OriginAnswer> {
    if (this.#aheadMs !== NEVER)
      return Promise.resolve(answerOf(this.plan, url, bodyOf(this.plan, url, 1, -this.#aheadMs)));
    return new Promise((resolve, reject) => {
      const costUs = drawCostUs(this.plan.file, drawsOf(this.#seed, 'fetch', this.#asking));
      const errand = { request: this.#asking, costUs, url, fetch: { url, region, resolve, reject } };
      this.#visitOrigin(errand, microseconds(this.plan.regions[region]!.toOriginMs));
    });
  }

  #fetched(visit: number): void {
    const errand = this.#errands[visit]!;
    const { url, resolve, reject } = errand.fetch!;
    this.#asking = errand.request;
    if (this.#visits.outcome[visit] === OUTCOME.ok) resolve(answerOf(this.plan, url, errand.body!));
    else reject(new Error(NO_ANSWER));
  }

  /** A file has reached its user. */
  #file(visit: number): void {
    const { request, url, body } = this.#errands[visit]!;
    const view = this.#views[request]!;
    if (this.#visits.outcome[visit] !== OUTCOME.ok) {
      this.#end(request, OUTCOME.error);
      return;
    }
    const read = readBody(url!, body);
    if (!read) {
      this.#fail(new TypeError(`get("${url}") gave ${String(body)}`));
      return;
    }
    if (isShared(url!)) {
      this.#judge(request, read.version);
      this.#browsers.keep(view.person, url!, body!, microseconds(read.atMs + browserTtlMs(this.plan)));
    }
    if (--view.missing === 0) this.#end(request, OUTCOME.ok);
  }

  /** Whether the person's browser still has a fresh copy; it then shows that one. */
  #kept(request: number, url: string): boolean {
    const body = this.#browsers.fresh(this.#views[request]!.person, url, this.#kernel.nowUs);
    if (body !== undefined) this.#judge(request, readBody(url, body)!.version);
    return body !== undefined;
  }

  /** New HTML with an old file is a broken page. */
  #judge(request: number, version: number): void {
    if (version >= this.#views[request]!.version) return;
    this.#mixedUs[request] = Math.max(0, this.#traffic.arrivedUs[request]! - microseconds(this.plan.deployMs!));
  }

  #end(request: number, outcome: number): void {
    if (this.#requests.outcome[request] !== OUTCOME.pending) return;
    this.#requests.endedUs[request] = this.#kernel.nowUs;
    this.#requests.outcome[request] = outcome;
  }

  #obey(command: ServerCommand): void {
    this.#origin.obey(command);
    const { state, speed } = this.#origin;
    this.#changes.push({ atUs: this.#kernel.nowUs, node: ORIGIN, state, speed });
  }

  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { atUs: this.#kernel.nowUs, ...described(error) };
  }

  #trace(): Trace {
    const staleUs = this.plan.deployMs === undefined ? undefined : this.#mixedUs;
    const edges = this.#edges.map((_, region) => `edge-${this.plan.regions[region]!.name}`);
    return {
      durationUs: microseconds(this.plan.durationMs),
      seed: this.#seed,
      nodes: [
        { id: 'origin', kind: 'origin', cores: this.plan.originCores },
        ...edges.map((id) => ({ id, kind: 'edge' as const, cores: 0 })),
      ],
      classes: this.plan.regions.map(({ name }) => name),
      requests: arrivedBy({ ...this.#requests, staleUs }, this.#failure?.atUs),
      visits: { ...this.#visits.columns(), key: keysOf(this.plan, this.#errands) },
      changes: this.#changes,
      failure: this.#failure,
    };
  }
}
