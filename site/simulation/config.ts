import type { Command, Control, Measure, Params, Preset } from '../../simulator/scene.ts';
import type { Language, Text } from '../../simulator/text.ts';

/** What the server hands to a simulation's element: the scene without its code. */
export interface SimulationConfig {
  readonly scene: string;
  readonly lesson: string;
  readonly language: Language;
  readonly controls: readonly Control[];
  readonly presets: readonly Preset[];
  readonly baselines: readonly { readonly id: string; readonly label: Text }[];
  readonly exercises: readonly { readonly id: string; readonly label: Text }[];
  readonly measures: readonly Omit<Measure, 'of'>[];
  /** Id of the measure that the chart shows. */
  readonly chart: string;
  readonly start: Situation;
}

/** Everything that decides what a run shows; the same situation gives the same traces. */
export interface Situation {
  readonly preset: string;
  readonly params: Params;
  readonly seed: number;
  readonly commands: readonly Command[];
  /** Whose code fills the learner's and the reference lane; undefined: neither lane is there. */
  readonly exercise: string | undefined;
}

/** Control values of a preset, over the controls' own initial ones. */
export function paramsOf(config: Pick<SimulationConfig, 'controls' | 'presets'>, preset: string): Params {
  const chosen = config.presets.find(({ id }) => id === preset);
  return { ...Object.fromEntries(config.controls.map(({ name, initial }) => [name, initial])), ...chosen?.params };
}

export function sameParams(a: Params, b: Params): boolean {
  return Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
}
