import { series } from '../../simulator/measures/measures.ts';
import type { Measure } from '../../simulator/scene.ts';
import type { Language } from '../../simulator/text.ts';
import type { Trace } from '../../simulator/trace.ts';
import { clip, type Page, padEnd, padStart, paragraph, say, spread, widthOf, wrap } from '../feedback/page.ts';
import { SIMULATE } from '../text/simulate.ts';
import type { LaneResult } from './lanes.ts';
import type { AnyScene } from './scenes.ts';
import { scaleFor, sparkline } from './sparkline.ts';

export type Format = (value: number, unit: Measure['unit'], language: Language) => string;

export interface Simulation {
  readonly scene: AnyScene;
  readonly preset: AnyScene['presets'][number];
  readonly seed: number;
  readonly lanes: readonly LaneResult[];
  /** The learner's file, as they would type it. */
  readonly file: string | undefined;
}

const MARGIN = 1;
const WINDOW_US = 1_000_000;

/** A scene's run as a page of the terminal: what was asked, the figures of each lane, their course over time. */
export function renderSimulation(page: Page, simulation: Simulation, format: Format): string {
  const { scene, preset, seed, lanes } = simulation;
  const { bold, dim } = page.colors;
  const question = say(page, preset.label);
  return [
    '',
    ...spread(page, ` ${bold(say(page, scene.title))}`, dim(say(page, SIMULATE.seedIs(seed)))),
    ...paragraph(page, say(page, scene.question), MARGIN),
    ...paragraph(page, bold(question), MARGIN),
    '',
    ...renderFigures(page, simulation, format),
    ...(isBadAnywhere(simulation) ? ['', ` ${dim(say(page, SIMULATE.badMark))}`] : []),
    ...lanes.flatMap((lane) => renderTrouble(page, lane, simulation.file)),
    '',
    ...renderCourse(page, simulation, format),
    '',
  ].join('\n');
}

/** A table with a row per lane; on a narrow page, or with too many figures, a block per lane. */
function renderFigures(page: Page, { scene, lanes }: Simulation, format: Format): string[] {
  const shown = lanes.filter(({ trace }) => trace);
  const measures = scene.measures.filter((measure) =>
    shown.some(({ trace }) => wholeRun(measure, trace!) !== undefined),
  );
  const cells = new Map(
    shown.map((lane) => [lane, measures.map((measure) => cell(page, measure, lane.trace!, format))]),
  );
  const heads = measures.map((measure) => say(page, measure.label));
  const widths = heads.map((head, column) =>
    Math.max(widthOf(head), ...shown.map((lane) => widthOf(cells.get(lane)![column]!.text))),
  );
  const names = Math.max(...lanes.map((lane) => widthOf(nameOf(page, lane))));
  const total = MARGIN + names + widths.reduce((sum, width) => sum + 2 + width, 0);
  if (total > page.width) return renderBlocks(page, shown, heads, cells);
  const row = (name: string, texts: readonly string[]): string =>
    ` ${name}${texts.map((text, column) => `  ${padStart(text, widths[column]!)}`).join('')}`;
  return [
    page.colors.dim(row(' '.repeat(names), heads)),
    ...shown.map((lane) =>
      row(
        paintName(page, lane, names),
        cells.get(lane)!.map(({ text, paint }, column) => paint(padStart(text, widths[column]!))),
      ),
    ),
  ];
}

function renderBlocks(
  page: Page,
  lanes: readonly LaneResult[],
  heads: readonly string[],
  cells: ReadonlyMap<LaneResult, readonly Cell[]>,
): string[] {
  const column = Math.max(...heads.map((head) => widthOf(head))) + 2;
  return lanes.flatMap((lane, index) => [
    ...(index > 0 ? [''] : []),
    ` ${paintName(page, lane, widthOf(nameOf(page, lane)))}`,
    ...cells.get(lane)!.map(({ text, paint }, place) => `   ${padEnd(heads[place]!, column)}${paint(text)}`),
  ]);
}

interface Cell {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** A bad figure carries a mark, for those who see no colour. */
function cell(page: Page, measure: Measure, trace: Trace, format: Format): Cell {
  const value = wholeRun(measure, trace);
  if (value === undefined) return { text: '–', paint: page.colors.dim };
  const bad = isBad(measure, trace);
  const text = `${bad ? '! ' : ''}${format(value, measure.unit, page.language)}`;
  return { text, paint: bad ? page.colors.red : (plain) => plain };
}

function isBad(measure: Measure, trace: Trace): boolean {
  const value = wholeRun(measure, trace);
  return value !== undefined && measure.badFrom !== undefined && value >= measure.badFrom;
}

function isBadAnywhere({ scene, lanes }: Simulation): boolean {
  return lanes.some(({ trace }) => trace && scene.measures.some((measure) => isBad(measure, trace)));
}

function wholeRun(measure: Measure, trace: Trace): number | undefined {
  return measure.of(trace, 0, trace.failure?.atUs ?? trace.durationUs);
}

/** Why a lane has no run, or one that stopped. */
function renderTrouble(page: Page, lane: LaneResult, file: string | undefined): string[] {
  const name = say(page, lane.label);
  if (lane.status === 'not-written') {
    return ['', ...paragraph(page, `${name}: ${say(page, SIMULATE.notWritten(file ?? lane.id))}`, MARGIN)];
  }
  if (lane.status !== 'failed' || !lane.message) return [];
  const place = lane.line === undefined || !file ? '' : say(page, SIMULATE.atLine(file, lane.line));
  const message = say(page, lane.message);
  const failedUs = lane.trace?.failure?.atUs;
  const sentence =
    failedUs === undefined
      ? `${message}${place}`
      : say(page, SIMULATE.stopped(message, (failedUs / 1e6).toFixed(2), place));
  return ['', ...paragraph(page, page.colors.red(`✗ ${name}: ${sentence}`), MARGIN)];
}

/** The charted measure of each lane, second by second, as bars on one scale. */
function renderCourse(page: Page, { scene, lanes }: Simulation, format: Format): string[] {
  const measure = scene.measures.find(({ id }) => id === scene.chart);
  const shown = lanes.filter(({ trace }) => trace);
  const [first] = shown;
  if (!measure || !first) return [];
  const names = Math.max(...shown.map((lane) => widthOf(nameOf(page, lane))));
  const room = Math.max(10, Math.min(60, page.width - MARGIN - names - 2));
  const { durationUs } = first.trace!;
  const rows = shown.map((lane) => ({ lane, values: courseOf(lane.trace!, measure, Math.ceil(durationUs / room)) }));
  const scale = scaleFor(
    rows.flatMap(({ values }) => values),
    measure.unit === 'ms',
  );
  const bound = (value: number): string => format(value, measure.unit, page.language);
  const title = SIMULATE.overTime(
    say(page, measure.label),
    String(durationUs / 1e6),
    bound(scale.low),
    bound(scale.high),
  );
  return [
    ...wrap(say(page, title), page.width - MARGIN).map((line) => page.colors.dim(` ${line}`)),
    ...rows.map(
      ({ lane, values }) => ` ${paintName(page, lane, names)}  ${paint(page, lane)(sparkline(values, scale))}`,
    ),
  ];
}

/** Values each `stepUs` over the second before; none from the moment on at which the run stopped. */
export function courseOf(trace: Trace, measure: Measure, stepUs: number): (number | undefined)[] {
  const until = trace.failure?.atUs ?? trace.durationUs;
  return series(trace, measure.of, { stepUs, windowUs: Math.max(WINDOW_US, stepUs) }).map(({ atUs, value }) =>
    atUs <= until ? value : undefined,
  );
}

function nameOf(page: Page, { label, kind }: LaneResult): string {
  const own = clip(say(page, label), Math.max(12, page.width - 30));
  return kind === 'yours' ? own : `${own} (${say(page, SIMULATE[kind])})`;
}

function paintName(page: Page, lane: LaneResult, cells: number): string {
  return paint(page, lane)(padEnd(nameOf(page, lane), cells));
}

function paint(page: Page, { kind }: LaneResult): (text: string) => string {
  const { blue, green } = page.colors;
  if (kind === 'yours') return blue;
  return kind === 'reference' ? green : (text) => text;
}

/** The scenes there are, by lesson, with the questions that each can be asked. */
export function renderSceneList(page: Page, scenes: readonly AnyScene[]): string {
  const { bold, dim } = page.colors;
  const lessons = [...new Set(scenes.map(({ lesson }) => lesson))];
  const lines = lessons.flatMap((lesson) => [
    ` ${bold(lesson)}`,
    ...scenes
      .filter((scene) => scene.lesson === lesson)
      .flatMap((scene) => [
        `   ${padEnd(scene.id, 16)} ${clip(say(page, scene.title), page.width - 20)}`,
        ...wrap(scene.presets.map(({ id }) => id).join(' · '), page.width - 20).map((line) =>
          dim(`${' '.repeat(20)}${line}`),
        ),
      ]),
    '',
  ]);
  return ['', ...lines, ` ${say(page, SIMULATE.howTo)}`, ''].join('\n');
}
