import type { Measure } from '../../simulator/scene.ts';
import type { Language } from '../../simulator/text.ts';
import { escapeText } from './draw-topology.ts';
import { formatFigure, formatSeconds } from './format.ts';

export interface Line {
  readonly label: string;
  /** `baseline`, `yours` or `reference`: its colour. */
  readonly role: string;
  readonly values: Float64Array;
  readonly stepUs: number;
}

export interface Mark {
  readonly atUs: number;
  readonly label: string;
  readonly bad: boolean;
}

export interface ChartInput {
  readonly width: number;
  readonly durationUs: number;
  readonly atUs: number;
  readonly unit: Measure['unit'];
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
  readonly language: Language;
}

/** Where the time axis lies in a chart, so that a slider can be laid over it exactly. */
export interface Plot {
  readonly left: number;
  readonly right: number;
}

export const CHART_HEIGHT = 150;
const TOP = 22;
const BOTTOM = CHART_HEIGHT - 22;
const LABEL_HEIGHT = 14;

export function plotOf(width: number): Plot {
  return { left: 44, right: Math.round(width - (width < 420 ? 14 : 118)) };
}

/** The chart up to the playhead as SVG text: what comes later is not given away. */
export function drawChart(input: ChartInput): string {
  const { width, durationUs, atUs, lines, marks, language, unit } = input;
  const { left, right } = plotOf(width);
  const x = (us: number) => left + ((right - left) * us) / durationUs;
  const scale = valueScale(lines, unit);
  const y = (value: number) => BOTTOM - (BOTTOM - TOP) * scale.place(value);
  const grid = scale.ticks
    .map((tick) => {
      const text = unit === 'ms' ? roundMs(tick, language) : formatFigure(tick, unit, language).replace('.0 %', ' %');
      return `<line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${left - 6}" y="${y(tick) + 3.5}" text-anchor="end">${text}</text>`;
    })
    .join('');
  const seconds = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const us = part * durationUs;
    const text = part === 1 ? formatSeconds(us, language) : String(Number((us / 1e6).toFixed(1)));
    return `<text class="tick" x="${x(us)}" y="${BOTTOM + 16}" text-anchor="middle">${text}</text>`;
  });
  const head = `<line class="playhead" x1="${x(atUs)}" x2="${x(atUs)}" y1="${TOP - 6}" y2="${BOTTOM}"/><circle class="playhead" cx="${x(atUs)}" cy="${TOP - 8}" r="5"/>`;
  return (
    `<svg class="chart" width="100%" height="${CHART_HEIGHT}" viewBox="0 0 ${width} ${CHART_HEIGHT}" aria-hidden="true" focusable="false">` +
    grid +
    seconds.join('') +
    drawMarks(marks, x, right) +
    lines.map((line) => drawLine(line, atUs, x, y)).join('') +
    head +
    drawLabels(lines, atUs, x, y, width) +
    '</svg>'
  );
}

interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Times on a log scale of whole decades, everything else on a linear one from 0. */
function valueScale(lines: readonly Line[], unit: Measure['unit']): Scale {
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const { values } of lines) {
    for (const value of values) {
      if (!(value > 0)) continue;
      highest = Math.max(highest, value);
      lowest = Math.min(lowest, value);
    }
  }
  if (unit === 'ms') {
    const bottom = Math.min(1, Math.floor(Math.log10(Math.min(lowest, 100))));
    const top = Math.max(bottom + 2, Math.ceil(Math.log10(Math.max(highest, 10))));
    const decades = Array.from({ length: top - bottom + 1 }, (_, i) => 10 ** (bottom + i));
    return { place: (value) => clamp((Math.log10(value) - bottom) / (top - bottom)), ticks: decades };
  }
  const top = unit === '%' ? (highest > 50 ? 100 : highest > 20 ? 50 : 20) : niceAbove(highest);
  return { place: (value) => clamp(value / top), ticks: [0, top / 2, top] };
}

function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

function clamp(part: number): number {
  return Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : 0;
}

function roundMs(ms: number, language: Language): string {
  if (ms < 1000) return `${ms}`;
  return language === 'ko' ? `${ms / 1000}초` : `${ms / 1000} s`;
}

function drawLine(line: Line, atUs: number, x: (us: number) => number, y: (value: number) => number): string {
  let path = '';
  let pen = 'M';
  for (let step = 0; step < line.values.length; step++) {
    const us = (step + 1) * line.stepUs;
    if (us > atUs + 1) break;
    const value = line.values[step]!;
    if (Number.isNaN(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x(us).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
  }
  return path === '' ? '' : `<path class="line ${line.role}" d="${path}"/>`;
}

/** Names of the lines at their ends, pushed apart where they would cover each other. */
function drawLabels(
  lines: readonly Line[],
  atUs: number,
  x: (us: number) => number,
  y: (value: number) => number,
  width: number,
): string {
  const ends = lines.flatMap((line) => {
    const step = Math.min(line.values.length, Math.floor((atUs + 1) / line.stepUs)) - 1;
    const value = line.values[step];
    return value === undefined || Number.isNaN(value) ? [] : [{ line, at: y(value), end: x((step + 1) * line.stepUs) }];
  });
  ends.sort((a, b) => a.at - b.at);
  let above = Number.NEGATIVE_INFINITY;
  const spots = ends.map((end) => {
    above = Math.max(end.at, above + LABEL_HEIGHT);
    return { ...end, label: above };
  });
  const over = above - (BOTTOM - 2);
  const head = x(atUs);
  const flip = head > width - 124;
  return spots
    .map(({ line, at, end, label }, place) => {
      const up = over > 0 ? Math.min(over, label - (TOP + place * LABEL_HEIGHT)) : 0;
      return (
        `<circle class="end ${line.role}" cx="${end.toFixed(1)}" cy="${at.toFixed(1)}" r="3.5"/>` +
        `<text class="label ${line.role}" x="${(head + (flip ? -8 : 8)).toFixed(1)}" y="${(label - Math.max(0, up) + 4).toFixed(1)}" text-anchor="${flip ? 'end' : 'start'}">${escapeText(line.label)}</text>`
      );
    })
    .join('');
}

function drawMarks(marks: readonly Mark[], x: (us: number) => number, right: number): string {
  let until = Number.NEGATIVE_INFINITY;
  return marks
    .map(({ atUs, label, bad }) => {
      const at = x(atUs);
      const room = at >= until && at < right - 60;
      if (room) until = at + 16 + label.length * 6.4;
      const tip = `<path class="mark${bad ? ' bad' : ''}" d="M${at - 4} ${BOTTOM - 7}h8l-4 7z"/>`;
      return room
        ? `${tip}<text class="mark${bad ? ' bad' : ''}" x="${at + 7}" y="${BOTTOM - 4}">${escapeText(label)}</text>`
        : tip;
    })
    .join('');
}
