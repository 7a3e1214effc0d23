import type { Language } from '../../simulator/text.ts';
import type { Trace } from '../../simulator/trace.ts';
import type { SimulationConfig } from './config.ts';
import { stateText } from './events.ts';
import { figureAt } from './figures.ts';
import { formatFigure } from './format.ts';
import type { Lit, Palette } from './paint.ts';
import { overloaded } from './paint.ts';
import type { Figures } from './protocol.ts';
import type { Picture } from './topology.ts';
import { pictureOf } from './topology.ts';
import { TraceIndex } from './trace-index.ts';

export type LaneRole = 'baseline' | 'yours' | 'reference';

/** How the page should be drawn now. */
export interface Look {
  readonly palette: Palette;
  readonly lit: Lit;
  readonly travelUs: number;
}

/** One lane on the page: its picture, its big number and its row of the table. */
export class LaneView {
  readonly key: string;
  readonly role: LaneRole;
  figures: Figures | undefined;
  #index: TraceIndex | undefined;
  #picture: Picture | undefined;
  #shapes = new Map<number, Element>();
  readonly #place: HTMLElement;
  readonly #canvas: HTMLCanvasElement;

  constructor(
    readonly element: HTMLElement,
    private readonly row: HTMLTableRowElement,
    private readonly config: SimulationConfig,
  ) {
    this.key = element.dataset.lane ?? '';
    this.role = (['baseline', 'yours', 'reference'] as const).find((role) => element.classList.contains(role))!;
    this.#place = element.querySelector<HTMLElement>('.picture')!;
    this.#canvas = element.querySelector('canvas')!;
  }

  get language(): Language {
    return this.config.language;
  }

  /** Shows another lane's run, faded, because it has none of its own. */
  get asleep(): boolean {
    return this.element.classList.contains('asleep');
  }

  set asleep(asleep: boolean) {
    this.element.classList.toggle('asleep', asleep);
  }

  get trace(): Trace | undefined {
    return this.#index?.trace;
  }

  get name(): string {
    return this.element.querySelector('.lane-name')!.textContent;
  }

  set trace(trace: Trace) {
    this.#index = new TraceIndex(trace);
    this.#picture = undefined;
  }

  /** Lays the picture out anew for the width it has. */
  resize(): void {
    this.#picture = undefined;
  }

  draw(atUs: number, look: Look): void {
    if (!this.#index) return;
    const picture = this.#picture ?? this.#lay(this.#index);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    for (const node of picture.nodes) this.#tell(node, atUs, this.#index);
    const ratio = this.#canvas.width / picture.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, picture.width, picture.height);
    picture.paint({ context, index: this.#index, ...look }, atUs);
  }

  /** Writes the big number and the table's row as they stand at a moment. */
  write(atUs: number): void {
    const { measures, language } = this.config;
    const figures = this.asleep ? undefined : this.figures;
    const values = measures.map((_, place) =>
      figures ? figureAt(figures.sinceStart[place]!, figures.stepUs, atUs) : undefined,
    );
    const texts = measures.map(({ unit }, place) =>
      values[place] === undefined ? '–' : formatFigure(values[place], unit, language),
    );
    const bad = measures.map(({ badFrom }, place) => badFrom !== undefined && (values[place] ?? 0) >= badFrom);
    const figure = this.element.querySelector<HTMLElement>('.figure')!;
    figure.dataset.bad = String(bad[0] ?? false);
    setText(figure.querySelector('.number')!, texts[0] ?? '–');
    const second = values[1] === undefined ? '' : ` · ${texts[1]} ${measures[1]!.label[language]}`;
    setText(figure.querySelector('.means')!, `${measures[0]?.label[language] ?? ''}${second}`);
    this.row.querySelectorAll<HTMLElement>('td').forEach((cell, place) => {
      cell.dataset.bad = String(bad[place] ?? false);
      setText(cell, texts[place] ?? '–');
    });
  }

  /** What the lane says in one breath: `Round robin p99 1.2 s`. */
  summary(): string {
    return `${this.name} ${this.element.querySelector('.number')!.textContent} ${this.config.measures[0]?.label[this.language] ?? ''}`;
  }

  #lay(index: TraceIndex): Picture {
    const width = Math.max(240, Math.floor(this.#place.clientWidth));
    const picture = pictureOf(index, width, this.language);
    this.#place.querySelector('svg')!.outerHTML = picture.still;
    this.#shapes = new Map(
      [...this.#place.querySelectorAll<SVGElement>('.server')].map((shape) => [Number(shape.dataset.node), shape]),
    );
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    this.#canvas.width = Math.round(picture.width * ratio);
    this.#canvas.height = Math.round(picture.height * ratio);
    this.#picture = picture;
    return picture;
  }

  #tell(node: number, atUs: number, index: TraceIndex): void {
    const shape = this.#shapes.get(node);
    if (!shape) return;
    const { state, speed } = index.state(node, atUs);
    const text = stateText(state, speed, this.language);
    const over = overloaded(index, node, atUs);
    const look = `server ${shape.getAttribute('data-kind')} ${state}${over ? ' over' : ''}${text ? ' told' : ''}`;
    if (shape.getAttribute('class') !== look) shape.setAttribute('class', look);
    const told = shape.querySelector('.state');
    if (told) setText(told, text);
  }
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
