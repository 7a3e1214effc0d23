import { say } from '../words.ts';
import { CHART_HEIGHT, drawChart, type Mark, type Plot, plotOf } from './chart.ts';
import type { SimulationConfig } from './config.ts';
import { distributionHeight, drawDistribution, hasLatencies, marksAt, type Spread } from './distribution.ts';
import { formatMs } from './format.ts';
import type { LaneView } from './lane-view.ts';
import { MARKED } from './latencies.ts';

export interface ChartedRun {
  readonly atUs: number;
  readonly durationUs: number;
  readonly lanes: readonly LaneView[];
  readonly marks: readonly Mark[];
}

/** Height of the slider below a distribution, whose own width is no time. */
const SLIDER = 28;
const EDGE = 8;

/** The box under the lanes: a measure over time, or how latencies are distributed, as the reader chooses. */
export class ChartView {
  readonly #box: HTMLElement;
  readonly #picture: HTMLElement;
  readonly #title: HTMLElement;
  readonly #choice: HTMLFieldSetElement;
  readonly #words: HTMLElement;
  readonly #overTime: string;

  constructor(
    root: HTMLElement,
    private readonly config: SimulationConfig,
    changed: () => void,
  ) {
    const find = <E extends HTMLElement>(selector: string) => root.querySelector<E>(`.time ${selector}`)!;
    this.#box = find('.chart-box');
    this.#picture = find('.chart-picture');
    this.#title = find('.chart-title');
    this.#choice = find<HTMLFieldSetElement>('.views');
    this.#words = find('.percentiles');
    this.#overTime = this.#title.textContent;
    this.#choice.addEventListener('change', changed);
  }

  get #distributed(): boolean {
    return !this.#choice.hidden && this.#choice.querySelector('input:checked')?.getAttribute('value') === 'latencies';
  }

  /** @returns where the slider that moves the playhead belongs */
  draw(run: ChartedRun): Plot {
    const shown = run.lanes.flatMap(({ name, role, figures, asleep }) =>
      figures && !asleep ? [{ label: name, role, figures }] : [],
    );
    const spreads = shown.map(({ label, role, figures: { latencies, stepUs } }) => ({
      label,
      role,
      latencies,
      stepUs,
    }));
    if (shown.length > 0) this.#choice.hidden = !spreads.some(({ latencies }) => hasLatencies(latencies));
    const distributed = this.#distributed;
    const { language } = this.config;
    const width = Math.max(240, Math.floor(this.#picture.clientWidth));
    const height = distributed ? distributionHeight(spreads, width) + SLIDER : CHART_HEIGHT;
    this.#box.dataset.view = distributed ? 'latencies' : 'time';
    this.#box.style.height = `${height}px`;
    setText(this.#title, distributed ? say('latencySoFar', language) : this.#overTime);
    this.#tell(distributed ? spreads : [], run.atUs);
    if (distributed) {
      this.#picture.innerHTML = drawDistribution({ width, atUs: run.atUs, lanes: spreads, language });
      return { left: EDGE, right: width - EDGE };
    }
    this.#picture.innerHTML = drawChart({
      width,
      durationUs: run.durationUs,
      atUs: run.atUs,
      unit: this.config.measures.find(({ id }) => id === this.config.chart)?.unit ?? 'ms',
      language,
      marks: run.marks.filter((mark) => mark.atUs <= run.atUs),
      lines: shown.map(({ label, role, figures }) => ({
        label,
        role,
        values: figures.lastSecond,
        stepUs: figures.stepUs,
      })),
    });
    return plotOf(width);
  }

  /** The distribution in words: three percentiles of each lane. */
  #tell(spreads: readonly Spread[], atUs: number): void {
    const lines = spreads.map((spread) => {
      const marks = marksAt(spread, atUs);
      const told = MARKED.map((percent, i) => `p${percent} ${marks ? formatMs(marks[i]!, this.config.language) : '–'}`);
      return `${spread.label}: ${told.join(', ')}`;
    });
    while (this.#words.children.length > lines.length) this.#words.lastChild?.remove();
    for (const [place, line] of lines.entries()) {
      setText(this.#words.children[place] ?? this.#words.appendChild(document.createElement('li')), line);
    }
  }
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
