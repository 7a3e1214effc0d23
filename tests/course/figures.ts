import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Measure, Params, Scene } from '../../simulator/scene.ts';
import type { Language } from '../../simulator/text.ts';
import { formatFigure } from '../../site/simulation/format.ts';
import type { Page } from './pages.ts';
import { tagsOf } from './pages.ts';

/** A scene whatever its plan and strategy. */
// biome-ignore lint/suspicious/noExplicitAny: the two type parameters belong to the scene alone and are existential here
export type AnyScene = Scene<any, any>;

/** A figure that a page quotes: `<Measured scene lane measure preset? seed? seeds?>3.8 s</Measured>`. */
export interface Quote {
  readonly scene: string;
  readonly preset?: string;
  readonly lane: string;
  readonly measure: string;
  /** One run's seed; a page opens with 1. */
  readonly seed: number;
  /** Instead of one run: the median over seeds 1 … n. */
  readonly seeds?: number;
  readonly text: string;
  readonly language: Language;
  /** `lessons/02-load-balancing/lesson.mdx:20` */
  readonly where: string;
}

/** @throws Error naming the place of a quote that lacks a property or has an unknown one */
export function quotesOf(page: Page): Quote[] {
  return tagsOf(page.source, 'Measured').map(({ props, text, line }) => {
    const where = `${page.file}:${line}`;
    const { scene, preset, lane, measure, seed = 1, seeds, ...unknown } = props;
    for (const [name, value] of Object.entries({ scene, lane, measure })) {
      if (typeof value !== 'string') throw new Error(`${where}: <Measured> needs ${name}`);
    }
    const strange = Object.keys(unknown);
    if (strange.length > 0) throw new Error(`${where}: <Measured> has no ${strange.join(', ')}`);
    return { scene, preset, lane, measure, seed, seeds, text, language: page.language, where } as Quote;
  });
}

/** What a quote speaks of, apart from its wording: the same in every language of a page. */
export function subjectOf({ scene, preset = '', lane, measure, seed, seeds }: Quote): string {
  return [scene, preset, lane, measure, seeds === undefined ? `seed ${seed}` : `seeds 1-${seeds}`].join(' · ');
}

/** Scenes by id. Loads each file of every `scenes` folder that is not a spec. */
export async function loadScenes(root: string): Promise<ReadonlyMap<string, AnyScene>> {
  const scenes = new Map<string, AnyScene>();
  for (const lesson of folders(join(root, 'lessons'))) {
    const folder = join(root, 'lessons', lesson, 'scenes');
    for (const file of list(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as { scene?: AnyScene };
      if (module.scene) scenes.set(module.scene.id, module.scene);
    }
  }
  return scenes;
}

/** Runs scenes for quotes; one run serves all the quotes that speak of it. */
export class Figures {
  readonly #root: string;
  readonly #scenes: ReadonlyMap<string, AnyScene>;
  readonly #runs = new Map<string, Promise<ReadonlyMap<string, number | undefined>>>();

  constructor(root: string, scenes: ReadonlyMap<string, AnyScene>) {
    this.#root = root;
    this.#scenes = scenes;
  }

  /**
   * What the scene says today, with the measure's unit.
   * @throws Error that names what is known when scene, preset, lane or measure is not
   */
  async of(quote: Quote): Promise<{ readonly value: number; readonly unit: Measure['unit'] }> {
    const scene = known(this.#scenes, quote.scene, `${quote.where}: no scene`);
    const measures = new Map(scene.measures.map((each) => [each.id, each]));
    const { unit } = known(measures, quote.measure, `${quote.where}: ${scene.id} has no measure`);
    const seeds = quote.seeds === undefined ? [quote.seed] : Array.from({ length: quote.seeds }, (_, seed) => seed + 1);
    const values: number[] = [];
    for (const seed of seeds) {
      const value = (await this.#run(scene, quote, seed)).get(quote.measure);
      if (value === undefined) throw new Error(`${quote.where}: ${subjectOf(quote)} measures nothing`);
      values.push(value);
    }
    return { value: median(values), unit };
  }

  #run(scene: AnyScene, quote: Quote, seed: number): Promise<ReadonlyMap<string, number | undefined>> {
    const key = JSON.stringify([scene.id, quote.preset, quote.lane, seed]);
    const before = this.#runs.get(key);
    if (before) return before;
    const run = this.#measure(scene, quote, seed);
    this.#runs.set(key, run);
    return run;
  }

  async #measure(scene: AnyScene, quote: Quote, seed: number): Promise<ReadonlyMap<string, number | undefined>> {
    const trace = await scene.run(scene.plan(paramsOf(scene, quote)), await this.#strategy(scene, quote), { seed });
    if (trace.failure) throw new Error(`${quote.where}: ${subjectOf(quote)} fails: ${trace.failure.message}`);
    return new Map(scene.measures.map(({ id, of }) => [id, of(trace, 0, trace.durationUs)]));
  }

  async #strategy(scene: AnyScene, quote: Quote): Promise<unknown> {
    const baseline = scene.baselines.find(({ id }) => id === quote.lane);
    if (baseline) return baseline.make;
    const exercises = new Map(Object.entries(scene.exercises));
    const lane = known(
      exercises,
      quote.lane,
      `${quote.where}: ${scene.id} has baselines ${scene.baselines.map(({ id }) => id).join(', ')} and no exercise`,
    );
    const file = join(this.#root, 'solutions', scene.lesson, `${quote.lane}.ts`);
    return lane.adapt((await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>);
  }
}

/**
 * Whether a page's words still say the value, to the digits that they give: `24 %`, `24.2 %`, `3.8 s`.
 */
export function says(text: string, value: number, unit: Measure['unit'], language: Language): boolean {
  const right = formatFigure(value, unit, language);
  if (text === right) return true;
  const [number, suffix] = split(text);
  const [rightNumber, rightSuffix] = split(right);
  if (suffix !== rightSuffix || rightNumber === '') return false;
  const digits = (of: string) => (of.split('.')[1] ?? '').length;
  if (digits(number) >= digits(rightNumber)) return false;
  const inUnit = unit === 'ms' && /^( s|초)$/.test(suffix) ? value / 1000 : value;
  return number === inUnit.toFixed(digits(number));
}

function split(text: string): [number: string, suffix: string] {
  const match = /^(\d+(?:\.\d+)?)(.*)$/.exec(text);
  return match ? [match[1]!, match[2]!] : ['', text];
}

function paramsOf(scene: AnyScene, quote: Quote): Params {
  const presets = new Map(scene.presets.map((each) => [each.id, each]));
  const preset =
    quote.preset === undefined
      ? scene.presets[0]
      : known(presets, quote.preset, `${quote.where}: ${scene.id} has no preset`);
  return { ...Object.fromEntries(scene.controls.map(({ name, initial }) => [name, initial])), ...preset?.params };
}

function known<T>(among: ReadonlyMap<string, T>, id: string, complaint: string): T {
  const found = among.get(id);
  if (found === undefined) throw new Error(`${complaint} ${id}. Known: ${[...among.keys()].join(', ') || 'none'}.`);
  return found;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

function folders(path: string): string[] {
  return list(path).filter((name) => !name.includes('.'));
}

function list(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
