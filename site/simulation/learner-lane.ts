import type { Trace } from '../../simulator/trace.ts';
import { say } from '../words.ts';
import type { Announcer } from './announcer.ts';
import type { SimulationConfig } from './config.ts';
import { GradePanel } from './grade-panel.ts';
import type { LaneView } from './lane-view.ts';
import { fetchCode, onSaved } from './learner.ts';
import type { Figures } from './protocol.ts';
import type { CourseRunner, World } from './runner.ts';
import { LearnerRunner } from './runner.ts';
import { notCompiled, showVerdict, threw, tooLong, unreachable } from './verdict.ts';

interface Good {
  readonly exercise: string;
  readonly code: string;
}

/**
 * The lane with the learner's own code. It shows the last version that ran; what is wrong with the newest one
 * stands under it. Until something ran, and always in the published site, it shows the baseline, faded.
 */
export class LearnerLane {
  readonly #runner: LearnerRunner | undefined;
  readonly #graded: GradePanel | undefined;
  readonly #verdict: HTMLElement;
  #good: Good | undefined;
  #world: World | undefined;
  #exercise: string;
  #latest = 0;
  #fetched = '';

  constructor(
    private readonly view: LaneView,
    private readonly config: SimulationConfig,
    exercise: string,
    private readonly simulation: {
      readonly course: CourseRunner;
      readonly announcer: Announcer;
      /** There is a new picture or there are new figures. */
      readonly changed: () => void;
    },
  ) {
    this.#exercise = exercise;
    this.#verdict = view.element.querySelector<HTMLElement>('.verdict')!;
    if (import.meta.env.DEV) {
      this.#runner = new LearnerRunner(config.scene);
      this.#graded = new GradePanel(view.element, config, simulation.announcer, () => this.#exercise);
      onSaved((saved) => void this.#saved(saved));
    } else {
      showVerdict(this.#verdict, { trouble: false, head: say('published', config.language) });
    }
  }

  get #file(): string {
    return `exercises/${this.config.lesson}/${this.#exercise}.ts`;
  }

  get #situation() {
    return { language: this.config.language, hasGood: this.#good?.exercise === this.#exercise };
  }

  /** Runs the lane in a world, with the newest code of an exercise. */
  async run(world: World, exercise: string): Promise<void> {
    this.#world = world;
    if (exercise !== this.#exercise) {
      this.#good = undefined;
      this.#graded?.clear();
    }
    this.#exercise = exercise;
    if (this.#good) this.#runCode(this.#good.code, false);
    else this.#runBaseline();
    if (this.#runner) await this.#fetch();
  }

  dispose(): void {
    this.#graded?.clear();
    this.#runner?.dispose();
  }

  /** An exercise may build on another one, so any save of the lesson may concern this lane. */
  async #saved(_exercise: string): Promise<void> {
    if (this.#world) await this.#fetch(true);
  }

  /** @param saved only what differs from before counts: editors touch a file more than once per save */
  async #fetch(saved = false): Promise<void> {
    const latest = ++this.#latest;
    const fetched = await fetchCode(this.#exercise);
    if (latest !== this.#latest) return;
    const text = JSON.stringify(fetched);
    if (saved && text === this.#fetched) return;
    if (text !== this.#fetched) this.#graded?.clear();
    this.#fetched = text;
    if (fetched.ok === 'unreachable') showVerdict(this.#verdict, unreachable(this.config.language));
    else if (!fetched.ok) showVerdict(this.#verdict, notCompiled(fetched, this.#situation));
    else if (fetched.code !== this.#good?.code || !this.#verdict.hidden) this.#runCode(fetched.code, true);
    if (!(fetched.ok === true)) this.#count();
  }

  #runCode(code: string, isNew: boolean): void {
    const world = this.#world;
    if (!world || !this.#runner) return;
    const exercise = this.#exercise;
    this.#runner.run({
      world,
      source: { kind: 'code', exercise, code },
      events: {
        trace: (trace) => {
          if (trace.failure) {
            const { failure } = trace;
            const thrown = { name: failure.name ?? 'Error', message: failure.message, stack: failure.stack ?? '' };
            this.#failed(threw(thrown, code, this.#file, this.#situation, failure.atUs), isNew);
            return;
          }
          this.#good = { exercise, code };
          showVerdict(this.#verdict, undefined);
          this.#show(trace, false);
        },
        figures: (figures) => {
          if (this.#good?.code === code) this.#write(figures);
        },
        threw: (thrown) => this.#failed(threw(thrown, code, this.#file, this.#situation), isNew),
        tooLong: () => this.#failed(tooLong(this.#file, this.#situation), isNew),
      },
    });
  }

  #failed(verdict: Parameters<typeof showVerdict>[1], isNew: boolean): void {
    showVerdict(this.#verdict, verdict);
    // What ran in one world may fail in another: then nothing of theirs fits this picture.
    if (!isNew) this.#runBaseline();
    this.#count();
  }

  #runBaseline(): void {
    const world = this.#world;
    const baseline = this.config.baselines[0];
    if (!world || !baseline) return;
    this.simulation.course.run('yours', {
      world,
      source: { kind: 'baseline', id: baseline.id },
      events: {
        trace: (trace) => {
          if (!this.#good) this.#show(trace, true);
        },
        figures: (figures) => {
          if (!this.#good) this.#write(figures);
        },
        threw: () => {},
      },
    });
  }

  #show(trace: Trace, asleep: boolean): void {
    this.view.asleep = asleep;
    this.view.trace = trace;
    this.simulation.changed();
    if (!asleep) this.#count();
  }

  #write(figures: Figures): void {
    this.view.figures = figures;
    this.simulation.changed();
  }

  /** Counts what the learner's newest code came to, a new picture or a message, for whoever waits for it. */
  #count(): void {
    const { dataset } = this.view.element;
    dataset.ran = String(Number(dataset.ran ?? 0) + 1);
  }
}
