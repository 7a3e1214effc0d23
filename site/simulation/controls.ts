import type { Command } from '../../simulator/scene.ts';
import type { Trace } from '../../simulator/trace.ts';
import { obeys } from '../../simulator/trace.ts';
import { say } from '../words.ts';
import type { Mark, Plot } from './chart.ts';
import type { SimulationConfig, Situation } from './config.ts';
import { paramsOf, sameParams } from './config.ts';
import { formatClock, formatSeconds } from './format.ts';
import { nodeName } from './node-names.ts';

const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16];
const SECOND_US = 1_000_000;
const SPIKE = { factor: 3, forMs: 2_000 };
/** A dragged slider settles before the world is computed anew. */
const SETTLE_MS = 80;
const THUMB = 16;

export interface Actions {
  readonly toggle: () => void;
  readonly step: (count: 1 | -1) => void;
  readonly seek: (atUs: number) => void;
  readonly speed: (factor: number) => void;
  /** Changes what is simulated; `fromStart` also rewinds and plays. */
  readonly choose: (change: Partial<Situation>, fromStart: boolean) => void;
  readonly command: (command: Command) => void;
  readonly undo: () => void;
}

/** The native controls that the server has drawn, and the keys. Holds no state but theirs. */
export class Controls {
  readonly #clock: HTMLElement;
  readonly #scrub: HTMLInputElement;
  readonly #target: HTMLSelectElement;
  readonly #speed: HTMLSelectElement;
  readonly #seed: HTMLInputElement;
  #atUs = 0;
  #durationUs = 0;
  #settle = 0;
  #events = '';

  constructor(
    private readonly root: HTMLElement,
    private readonly config: SimulationConfig,
    private readonly actions: Actions,
  ) {
    this.#clock = this.#find('.clock strong');
    this.#scrub = this.#find('.scrub');
    this.#target = this.#find('.target');
    this.#speed = this.#find('.speed');
    this.#seed = this.#find('.seed input');
    this.#bindPlayback();
    this.#bindWorld();
    this.#find<HTMLElement>('.stage').addEventListener('keydown', (event) => this.#key(event));
  }

  /** Makes the controls show a situation. With other values than its preset's, no question of the presets is asked. */
  show({ preset, params, seed, commands, exercise }: Situation): void {
    const asked = sameParams(params, paramsOf(this.config, preset));
    for (const input of this.#all<HTMLInputElement>('.presets input')) input.checked = asked && input.value === preset;
    for (const control of this.#all<HTMLInputElement | HTMLSelectElement>('[data-control]')) {
      const value = params[control.dataset.control ?? ''];
      if (value !== undefined) control.value = String(value);
      this.#label(control);
    }
    this.#seed.value = String(seed);
    this.#find<HTMLButtonElement>('.undo').disabled = commands.length === 0;
    const choice = this.root.querySelector<HTMLSelectElement>('.exercise-choice');
    if (choice && exercise) choice.value = exercise;
  }

  /** Lists what commands can act on in any lane, and the events of a run. */
  world(traces: readonly Trace[], events: readonly Mark[]): void {
    const ids = [...new Set(traces.flatMap(({ nodes }) => nodes.filter(obeys).map(({ id }) => id)))];
    if (ids.join() !== [...this.#target.options].map(({ value }) => value).join()) {
      const chosen = this.#target.value;
      this.#target.replaceChildren(...ids.map((id) => new Option(nodeName(id, this.config.language), id)));
      if (ids.includes(chosen)) this.#target.value = chosen;
    }
    const key = JSON.stringify(events);
    if (key === this.#events) return;
    this.#events = key;
    this.#find<HTMLOListElement>('.log ol').replaceChildren(
      ...(events.length > 0
        ? events.map((event) => this.#logLine(event))
        : [item(say('noEvents', this.config.language))]),
    );
  }

  clock(atUs: number, durationUs: number): void {
    this.#atUs = atUs;
    this.#clock.textContent = formatClock(atUs);
    if (durationUs === this.#durationUs) return;
    this.#durationUs = durationUs;
    this.#find('.clock .length').textContent = formatSeconds(durationUs, this.config.language);
    this.#scrub.max = String(durationUs / 1000);
  }

  /** Lays the slider exactly over the chart's time axis, its thumb where the clock stands. */
  slider({ left, right }: Plot): void {
    this.#scrub.value = String(this.#atUs / 1000);
    this.#scrub.setAttribute('aria-valuetext', formatSeconds(Math.round(this.#atUs / 1e4) * 1e4, this.config.language));
    this.#scrub.style.left = `${left - THUMB / 2}px`;
    this.#scrub.style.width = `${right - left + THUMB}px`;
  }

  playing(playing: boolean): void {
    this.root.toggleAttribute('data-playing', playing);
    this.#find('.play').setAttribute('aria-label', say(playing ? 'pause' : 'play', this.config.language));
  }

  #bindPlayback(): void {
    const { actions } = this;
    this.#find('.play').addEventListener('click', actions.toggle);
    this.#find('.step').addEventListener('click', () => actions.step(1));
    this.#find('.step-back').addEventListener('click', () => actions.step(-1));
    this.#scrub.addEventListener('input', () => actions.seek(Number(this.#scrub.value) * 1000));
    this.#speed.addEventListener('change', () => actions.speed(Number(this.#speed.value)));
    this.#seed.addEventListener('change', () => actions.choose({ seed: wholeNumber(this.#seed.value) }, false));
    this.#find('.new-seed').addEventListener('click', () => {
      actions.choose({ seed: (wholeNumber(this.#seed.value) + 1) % 2 ** 31 }, false);
    });
  }

  #bindWorld(): void {
    const { actions, config } = this;
    for (const input of this.#all<HTMLInputElement>('.presets input')) {
      input.addEventListener('change', () => {
        actions.choose({ preset: input.value, params: paramsOf(config, input.value), commands: [] }, true);
      });
    }
    for (const control of this.#all<HTMLInputElement | HTMLSelectElement>('[data-control]')) {
      control.addEventListener('input', () => {
        this.#label(control);
        window.clearTimeout(this.#settle);
        this.#settle = window.setTimeout(() => actions.choose({ params: this.#params() }, false), SETTLE_MS);
      });
    }
    for (const button of this.#all<HTMLButtonElement>('[data-command]')) {
      button.addEventListener('click', () => this.#command(button.dataset.command ?? ''));
    }
    this.#find('.undo').addEventListener('click', actions.undo);
    const choice = this.root.querySelector<HTMLSelectElement>('.exercise-choice');
    choice?.addEventListener('change', () => actions.choose({ exercise: choice.value }, false));
  }

  #command(kind: string): void {
    const atMs = Math.round(this.#atUs / 1000);
    const node = this.#target.value;
    if (kind === 'kill' || kind === 'hang' || kind === 'revive') this.actions.command({ atMs, kind, node });
    else if (kind === 'partition') this.actions.command({ atMs, kind, node });
    else if (kind === 'slow') this.actions.command({ atMs, kind, node, speed: 0.5 });
    else if (kind === 'spike') this.actions.command({ atMs, kind, ...SPIKE });
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#keyAction(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  #keyAction({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
    const { actions } = this;
    switch (key.toLowerCase()) {
      case ' ':
        return actions.toggle;
      case 'arrowright':
        return () => (shiftKey ? actions.seek(this.#atUs + SECOND_US) : actions.step(1));
      case 'arrowleft':
        return () => (shiftKey ? actions.seek(this.#atUs - SECOND_US) : actions.step(-1));
      case 'home':
        return () => actions.seek(0);
      case 'end':
        return () => actions.seek(this.#durationUs);
      case 'k':
        return () => this.#command('kill');
      case 'h':
        return () => this.#command('slow');
      case 'c':
        return this.root.querySelector('[data-command=partition]') ? () => this.#command('partition') : undefined;
      case 'r':
        return () => this.#command('revive');
      case 's':
        return () => this.#command('spike');
      case 'u':
        return actions.undo;
      case ',':
        return () => this.#changeSpeed(-1);
      case '.':
        return () => this.#changeSpeed(1);
      default:
        return /^[1-9]$/.test(key) && Number(key) <= this.#target.options.length
          ? () => {
              this.#target.selectedIndex = Number(key) - 1;
            }
          : undefined;
    }
  }

  #changeSpeed(by: 1 | -1): void {
    const place = SPEEDS.indexOf(Number(this.#speed.value)) + by;
    const speed = SPEEDS[place];
    if (speed === undefined) return;
    this.#speed.value = String(speed);
    this.actions.speed(speed);
  }

  #params(): Situation['params'] {
    return Object.fromEntries(
      this.config.controls.map(({ kind, name, initial }) => {
        const control = this.root.querySelector<HTMLInputElement>(`[data-control="${name}"]`);
        return [name, control ? (kind === 'range' ? Number(control.value) : control.value) : initial];
      }),
    );
  }

  #label(control: HTMLInputElement | HTMLSelectElement): void {
    const output = control.parentElement?.querySelector('output');
    const described = this.config.controls.find(({ name }) => name === control.dataset.control);
    if (output && described?.kind === 'range') output.textContent = `${control.value} ${described.unit}`;
  }

  #logLine({ atUs, label, bad }: Mark): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    const at = document.createElement('span');
    at.className = 'at';
    at.textContent = formatSeconds(Math.round(atUs / 1e4) * 1e4, this.config.language);
    const what = document.createElement('span');
    what.textContent = `${bad ? '▼ ' : ''}${label}`;
    button.append(at, what);
    button.addEventListener('click', () => this.actions.seek(atUs));
    return item(button);
  }

  #find<E extends Element = HTMLElement>(selector: string): E {
    const found = this.root.querySelector<E>(selector);
    if (!found) throw new Error(`the page lacks ${selector}`);
    return found;
  }

  #all<E extends Element>(selector: string): NodeListOf<E> {
    return this.root.querySelectorAll<E>(selector);
  }
}

function item(content: string | Node): HTMLLIElement {
  const line = document.createElement('li');
  line.append(content);
  return line;
}

function wholeNumber(text: string): number {
  const number = Math.floor(Number(text));
  return number >= 0 && number < 2 ** 31 ? number : 1;
}
