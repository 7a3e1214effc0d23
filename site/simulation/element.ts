import { type Address, parseAddress } from '../../simulator/address.ts';
import type { Command } from '../../simulator/scene.ts';
import { say } from '../words.ts';
import { Announcer } from './announcer.ts';
import type { Mark } from './chart.ts';
import { ChartView } from './chart-view.ts';
import { withCommand } from './commands.ts';
import type { SimulationConfig, Situation } from './config.ts';
import { paramsOf } from './config.ts';
import { Controls } from './controls.ts';
import { eventsOf } from './events.ts';
import { formatClock, formatSeconds } from './format.ts';
import { LaneView } from './lane-view.ts';
import { LearnerLane } from './learner-lane.ts';
import { type Lit, type Palette, paletteOf } from './paint.ts';
import { Playback } from './playback.ts';
import { RUN_EVENT } from './predict.ts';
import { CourseRunner, type World } from './runner.ts';
import { OPEN_EVENT, queryOf, situationOf } from './situation-address.ts';

/** Figures, chart and status need not follow every frame. */
const WRITE_EVERY_MS = 100;
/** A journey takes this long to the eye, but never more than this much simulated time. */
const TRAVEL_SEEN_US = 130_000;
const TRAVEL_MOST_US = 250_000;

/**
 * A simulation on a page. The server has drawn it as a still with all its controls; this makes it run: each lane's
 * trace is computed to its end in a worker, and everything on the screen is a view of those traces at one moment.
 */
export class SimulationElement extends HTMLElement {
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #playback = new Playback({ draw: (atUs) => this.#draw(atUs), ended: () => this.#paused() }, () =>
    this.#calm.matches ? 250_000 : 0,
  );
  #config!: SimulationConfig;
  #situation!: Situation;
  #lanes: LaneView[] = [];
  #learner: LearnerLane | undefined;
  #runner: CourseRunner | undefined;
  #controls!: Controls;
  #chart!: ChartView;
  #announcer!: Announcer;
  #palette!: Palette;
  #marks: readonly Mark[] = [];
  #written = 0;
  #seen = false;
  #waitsForSight = true;
  #pausedBySight = false;

  connectedCallback(): void {
    if (this.#seen || this.#runner) return;
    this.#config = JSON.parse(this.querySelector('.config')!.textContent) as SimulationConfig;
    this.#situation = this.#config.start;
    this.#announcer = new Announcer(this.querySelector('.status')!);
    const address = parseAddress(location.search);
    if (address?.scene === this.#config.scene && this.id === `scene-${address.scene}`) this.#aim(address);
    this.#palette = paletteOf(this);
    this.#lanes = [...this.querySelectorAll<HTMLElement>('.lane')].map((lane) => {
      const row = this.querySelector<HTMLTableRowElement>(`tr[data-lane="${lane.dataset.lane}"]`)!;
      return new LaneView(lane, row, this.#config);
    });
    this.#controls = new Controls(this, this.#config, {
      toggle: () => this.#toggle(),
      step: (count) => this.#step(count),
      seek: (atUs) => this.#seek(atUs),
      speed: (factor) => {
        this.#playback.speed = factor;
      },
      choose: (change, fromStart) => this.#choose(change, fromStart),
      command: (command) => this.#command(command),
      undo: () => this.#choose({ commands: [] }, false),
    });
    this.#chart = new ChartView(this, this.#config, () => this.#redraw());
    this.#controls.show(this.#situation);
    this.#watch();
  }

  disconnectedCallback(): void {
    this.#playback.pause();
    this.#runner?.dispose();
    this.#learner?.dispose();
    this.#runner = undefined;
  }

  get #durationUs(): number {
    return this.#playback.durationUs;
  }

  /** Takes over what an address asks for; a moment in it is where the run then waits. */
  #aim(address: Address): void {
    this.#situation = situationOf(address, this.#config);
    if (address.atMs === undefined) return;
    this.#playback.durationUs = Number.POSITIVE_INFINITY;
    this.#playback.seek(address.atMs * 1000);
    this.#waitsForSight = false;
  }

  /** Shows the run of an address in place: from its start, or standing at the moment that it names. */
  #open(query: string): void {
    const address = parseAddress(query);
    if (address?.scene !== this.#config.scene) return;
    this.#playback.pause();
    this.#pausedBySight = false;
    this.#controls.playing(false);
    this.#aim(address);
    this.#choose(this.#situation, address.atMs === undefined);
  }

  #watch(): void {
    new ResizeObserver(() => {
      for (const lane of this.#lanes) lane.resize();
      this.#redraw();
    }).observe(this.querySelector('.stage')!);
    new MutationObserver(() => this.#redraw()).observe(this, { attributeFilter: ['data-lit'] });
    const repaint = () => {
      this.#palette = paletteOf(this);
      this.#redraw();
    };
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia('(forced-colors: active)').addEventListener('change', repaint);
    new IntersectionObserver(([entry]) => this.#sight(entry?.isIntersecting ?? false), { threshold: 0.15 }).observe(
      this.querySelector('.stage')!,
    );
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.#playback.playing) this.#pause(true);
      else if (!document.hidden && this.#pausedBySight) this.#play();
    });
    this.addEventListener(RUN_EVENT, (event) => {
      const preset = (event as CustomEvent<string | undefined>).detail ?? this.#situation.preset;
      this.#choose({ preset, params: paramsOf(this.#config, preset), commands: [] }, true);
      this.#play();
    });
    this.addEventListener(OPEN_EVENT, (event) => this.#open((event as CustomEvent<string>).detail));
  }

  #sight(visible: boolean): void {
    if (!visible) {
      if (this.#playback.playing) this.#pause(true);
      return;
    }
    if (!this.#seen) {
      this.#seen = true;
      this.#runner = new CourseRunner(this.#config.scene);
      const yours = this.#lanes.find(({ role }) => role === 'yours');
      if (yours && this.#situation.exercise) {
        this.#learner = new LearnerLane(yours, this.#config, this.#situation.exercise, {
          course: this.#runner,
          announcer: this.#announcer,
          changed: () => this.#arrived(),
        });
      }
      this.#rerun();
      return;
    }
    if (this.#pausedBySight) this.#play();
  }

  #rerun(): void {
    const { params, seed, commands, exercise } = this.#situation;
    const world: World = { scene: this.#config.scene, params, seed, commands };
    this.setAttribute('aria-busy', 'true');
    for (const lane of this.#lanes) {
      if (lane.role === 'yours') {
        if (exercise) void this.#learner?.run(world, exercise);
        continue;
      }
      const source =
        lane.role === 'baseline'
          ? ({ kind: 'baseline', id: lane.key } as const)
          : ({ kind: 'reference', exercise: exercise ?? '' } as const);
      this.#runner?.run(lane.key, {
        world,
        source,
        events: {
          trace: (trace) => {
            lane.trace = trace;
            this.#arrived();
          },
          figures: (figures) => {
            lane.figures = figures;
            this.#hideEmptyColumns();
            this.#arrived();
          },
          threw: ({ message }) => {
            const text = `${say('simulationFailed', this.#config.language)} ${message}`;
            this.querySelector('.rate')!.textContent = text;
            this.#announcer.say(() => text);
          },
        },
      });
    }
  }

  /** A lane has a new trace or new figures. */
  #arrived(): void {
    const trace = this.#lanes.find((lane) => lane.trace)?.trace;
    if (!trace) return;
    this.removeAttribute('aria-busy');
    this.dataset.drawn = '';
    this.#playback.durationUs = trace.durationUs;
    const { language } = this.#config;
    const traced = this.#lanes.flatMap((lane) =>
      lane.trace && !lane.asleep ? [{ label: lane.name, trace: lane.trace }] : [],
    );
    this.#marks = eventsOf(traced, this.#situation.commands, language);
    this.#controls.world(
      this.#lanes.flatMap((lane) => lane.trace ?? []),
      this.#marks,
    );
    const rate = Math.round(trace.requests.arrivedUs.length / (trace.durationUs / 1e6));
    this.querySelector('.rate')!.textContent = say('sameTraffic', language, { rate });
    this.#redraw();
    if (this.#waitsForSight && this.#lanes.every((lane) => lane.trace)) {
      this.#waitsForSight = false;
      if (!this.#calm.matches) this.#play();
    }
  }

  /** A measure that none of the lanes has in this world is no column. */
  #hideEmptyColumns(): void {
    const known = this.#lanes.flatMap(({ figures }) => figures ?? []);
    for (const place of this.#config.measures.keys()) {
      const empty = known.every(({ whole }) => Number.isNaN(whole[place]));
      for (const row of this.querySelectorAll('table tr')) row.children[place + 1]?.toggleAttribute('hidden', empty);
    }
  }

  #redraw(): void {
    this.#written = 0;
    this.#draw(this.#playback.atUs);
  }

  #draw(atUs: number): void {
    if (!Number.isFinite(this.#durationUs) || this.#durationUs === 0) return;
    const travelUs = this.#calm.matches ? 0 : Math.min(TRAVEL_MOST_US, TRAVEL_SEEN_US * this.#playback.speed);
    const look = { palette: this.#palette, lit: this.#lit, travelUs };
    for (const lane of this.#lanes) lane.draw(atUs, look);
    this.#controls.clock(atUs, this.#durationUs);
    const now = performance.now();
    if (now - this.#written < WRITE_EVERY_MS && this.#written > 0) return;
    this.#written = now;
    const { language } = this.#config;
    this.querySelector('caption')!.textContent = say('sinceStart', language, { time: formatSeconds(atUs, language) });
    for (const lane of this.#lanes) lane.write(atUs);
    const run = { atUs, durationUs: this.#durationUs, lanes: this.#lanes, marks: this.#marks };
    this.#controls.slider(this.#chart.draw(run));
  }

  get #lit(): Lit {
    const lit = this.dataset.lit;
    return lit !== undefined && ['yours', 'baseline', 'reference'].includes(lit) ? undefined : lit;
  }

  #toggle(): void {
    if (this.#playback.playing) this.#pause(false);
    else this.#play();
  }

  #play(): void {
    this.#pausedBySight = false;
    this.#waitsForSight = false;
    if (this.#durationUs === 0) return;
    this.#playback.play();
    this.#controls.playing(true);
  }

  #pause(bySight: boolean): void {
    this.#pausedBySight = bySight;
    this.#playback.pause();
    this.#paused();
    if (!bySight) this.#writeAddress();
  }

  #paused(): void {
    this.#controls.playing(false);
    this.#redraw();
    this.#status();
  }

  #seek(atUs: number): void {
    this.#waitsForSight = false;
    this.#written = 0;
    this.#playback.seek(atUs);
    if (!this.#playback.playing) this.#status();
  }

  /** One request further or back: to just after it has been routed. */
  #step(count: 1 | -1): void {
    this.#playback.pause();
    this.#controls.playing(false);
    const arrivals = this.#lanes[0]?.trace?.requests.arrivedUs;
    if (!arrivals) return;
    const afterUs = 1_000;
    const atUs = this.#playback.atUs - afterUs;
    const next = count > 0 ? arrivals.find((us) => us > atUs + 0.5) : arrivals.findLast((us) => us < atUs - 0.5);
    this.#seek(next === undefined ? (count > 0 ? this.#durationUs : 0) : next + afterUs);
  }

  #choose(change: Partial<Situation>, fromStart: boolean): void {
    this.#situation = { ...this.#situation, ...change };
    this.#controls.show(this.#situation);
    if (change.exercise) this.#nameExercise(change.exercise);
    if (fromStart) this.#seek(0);
    this.#writeAddress();
    this.#rerun();
    if (fromStart && !this.#calm.matches) this.#play();
  }

  #nameExercise(exercise: string): void {
    const label = this.#config.exercises.find(({ id }) => id === exercise)?.label[this.#config.language] ?? exercise;
    for (const place of this.querySelectorAll('[data-lane="reference"] .lane-name')) place.textContent = label;
    const heading = this.querySelector('tr[data-lane="reference"] th');
    if (heading?.lastChild) heading.lastChild.textContent = label;
  }

  #command(command: Command): void {
    this.#choose({ commands: withCommand(this.#situation.commands, command) }, false);
  }

  #writeAddress(): void {
    const atMs = this.#playback.playing || this.#playback.atUs === 0 ? undefined : this.#playback.atUs / 1000;
    history.replaceState(history.state, '', `?${queryOf(this.#situation, this.#config, atMs)}${location.hash}`);
  }

  /** Says where the picture stands. */
  #status(): void {
    this.#announcer.say(() => {
      const figures = this.#lanes.map((lane) => lane.summary()).join(', ');
      return `${formatClock(this.#playback.atUs)} s: ${figures}`;
    });
  }
}

if (!customElements.get('ztm-simulation')) customElements.define('ztm-simulation', SimulationElement);
