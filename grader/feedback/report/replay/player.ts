/// <reference lib="dom" />
import type { Replay, ReplayConfig } from './protocol.ts';

const FRAME_MS = 80;
/** A run takes a second or two; learners' code may take for ever. */
const PATIENCE_MS = 20_000;

for (const place of document.querySelectorAll<HTMLElement>('.replay')) {
  const data = place.querySelector('script[type="application/json"]')?.textContent;
  if (data) offer(place, JSON.parse(data) as ReplayConfig);
}

/** Nothing runs until somebody asks for it. */
function offer(place: HTMLElement, config: ReplayConfig): void {
  const button = make('button', config.words.run, { type: 'button' });
  const status = make('p', '', { role: 'status' });
  const stage = make('div', '');
  place.append(button, status, stage);
  button.addEventListener('click', async () => {
    button.setAttribute('disabled', '');
    status.textContent = config.words.running;
    try {
      show(stage, config, await run(config));
      status.textContent = '';
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : String(error);
    }
    button.textContent = config.words.again;
    button.removeAttribute('disabled');
  });
}

/** Away from the page, so that an endless loop can be ended. */
function run(config: ReplayConfig): Promise<Replay> {
  const url = URL.createObjectURL(new Blob([config.worker], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const { worker: _, ...rest } = config;
  return new Promise<Replay>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(config.words.endless)), PATIENCE_MS);
    worker.addEventListener('message', ({ data }: MessageEvent<{ replay?: Replay; error?: string }>) => {
      clearTimeout(timer);
      if (data.replay) resolve(data.replay);
      else reject(new Error(data.error));
    });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.postMessage(rest);
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}

function show(stage: HTMLElement, config: ReplayConfig, replay: Replay): void {
  const { words } = config;
  const play = make('button', words.play, { type: 'button' });
  const slider = make('input', '', {
    type: 'range',
    min: '0',
    max: String(replay.frames - 1),
    value: '0',
  }) as HTMLInputElement;
  slider.setAttribute('aria-label', words.time);
  const clock = make('output', '');
  const bar = make('div', '', { class: 'bar' });
  bar.append(play, slider, clock);
  const { table, update } = drawTable(config, replay);
  stage.replaceChildren(bar, table, ...eventList(words.events, replay, goTo));

  let timer: ReturnType<typeof setInterval> | undefined;
  function goTo(frame: number): void {
    slider.value = String(frame);
    const seconds = `${(((frame + 1) / replay.frames) * (replay.durationMs / 1000)).toFixed(1)} s`;
    clock.textContent = seconds;
    slider.setAttribute('aria-valuetext', seconds);
    update(frame);
  }
  function pause(): void {
    clearInterval(timer);
    timer = undefined;
    play.textContent = words.play;
  }
  play.addEventListener('click', () => {
    if (timer !== undefined) return pause();
    if (Number(slider.value) >= replay.frames - 1) goTo(0);
    play.textContent = words.pause;
    timer = setInterval(() => {
      const next = Number(slider.value) + 1;
      if (next >= replay.frames) pause();
      else goTo(next);
    }, FRAME_MS);
  });
  slider.addEventListener('input', () => {
    pause();
    goTo(Number(slider.value));
  });
  goTo(replay.frames - 1);
}

function drawTable({ words, language }: ReplayConfig, replay: Replay) {
  const cells: ((frame: number) => void)[] = [];
  const most = Math.max(1, ...replay.lanes.flatMap(({ nodes }) => nodes.flatMap(({ waiting }) => [...waiting])));
  const head = make('tr', '');
  head.append(make('th', words.moment, { scope: 'col' }));
  for (const { label, yours } of replay.lanes)
    head.append(make('th', label, { scope: 'col', class: yours ? 'yours' : '' }));
  const rows = [head];
  const names = new Set(replay.lanes.flatMap(({ nodes }) => nodes.map(({ name }) => name)));
  for (const name of names) {
    const row = make('tr', '');
    row.append(make('th', `${name}, ${words.waiting}`, { scope: 'row' }));
    for (const { nodes, yours } of replay.lanes) {
      const cell = make('td', '');
      const fill = make('span', '', { class: yours ? 'fill yours' : 'fill', 'aria-hidden': 'true' });
      const text = make('span', '');
      cell.append(fill, text);
      row.append(cell);
      const node = nodes.find((one) => one.name === name);
      cells.push((frame) => {
        const waiting = node?.waiting[frame] ?? 0;
        const state = node?.state[frame] ?? 'up';
        fill.style.width = `${(waiting / most) * 70}%`;
        text.textContent = state === 'up' ? String(waiting) : `${waiting} (${state})`;
      });
    }
    rows.push(row);
  }
  for (const [index, { label, unit }] of replay.measures.entries()) {
    const row = make('tr', '');
    row.append(make('th', label, { scope: 'row' }));
    for (const { figures } of replay.lanes) {
      const cell = make('td', '');
      row.append(cell);
      cells.push((frame) => {
        cell.textContent = format(figures[index]?.[frame] ?? null, unit, language);
      });
    }
    rows.push(row);
  }
  const table = make('table', '');
  table.append(...rows);
  const wide = make('div', '', { class: 'wide' });
  wide.append(table);
  const update = (frame: number) => {
    for (const write of cells) write(frame);
  };
  return { table: wide, update };
}

function eventList(title: string, replay: Replay, goTo: (frame: number) => void): HTMLElement[] {
  if (replay.events.length === 0) return [];
  const list = make('ul', '');
  for (const { atMs, text } of replay.events) {
    const item = make('li', '');
    const jump = make('button', `${(atMs / 1000).toFixed(1)} s`, { type: 'button' });
    const frame = Math.min(replay.frames - 1, Math.floor((atMs / replay.durationMs) * replay.frames));
    jump.addEventListener('click', () => goTo(frame));
    item.append(jump, ` ${text}`);
    list.append(item);
  }
  return [make('p', title), list];
}

function format(value: number | null, unit: Replay['measures'][number]['unit'], language: 'en' | 'ko'): string {
  if (value === null) return '–';
  const number = (digits: number) => value.toLocaleString(language, { maximumFractionDigits: digits });
  switch (unit) {
    case 'ms':
      return `${number(value < 10 ? 1 : 0)} ms`;
    case '%':
      return `${number(1)} %`;
    case '/s':
      return `${number(0)}/s`;
    case 'count':
      return number(0);
    case 'ratio':
      return number(2);
  }
}

function make(tag: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const element = document.createElement(tag);
  if (text !== '') element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== '') element.setAttribute(name, value);
  return element;
}
