import { type Address, printAddress } from '../../simulator/address.ts';
import type { SimulationConfig, Situation } from './config.ts';
import { paramsOf, sameParams } from './config.ts';

/** Sent to a simulation, with the query of an address, to make it show that run. */
export const OPEN_EVENT = 'ztm-open';

/**
 * What an address asks of a simulation; what it does not say, or says of things that are not there, stays as at the
 * start. Values that are those of a preset choose it, since a check of the grader names values only.
 */
export function situationOf(address: Address, config: SimulationConfig): Situation {
  const { presets, exercises, start } = config;
  const named = presets.find(({ id }) => id === address.preset)?.id ?? start.preset;
  const exercise = exercises.some(({ id }) => id === address.exercise) ? address.exercise! : start.exercise;
  const params = { ...paramsOf(config, named), ...address.params };
  const alike = [named, ...presets.map(({ id }) => id)].find((id) => sameParams(paramsOf(config, id), params));
  const preset = address.preset === undefined ? (alike ?? named) : named;
  return { preset, params, seed: address.seed ?? start.seed, commands: address.commands, exercise };
}

/**
 * The query that opens a situation again.
 * @param atMs where the playhead stands, when that is worth keeping
 */
export function queryOf(situation: Situation, config: SimulationConfig, atMs: number | undefined): string {
  const { preset, params, seed, commands, exercise } = situation;
  const usual = paramsOf(config, preset);
  const changed = Object.fromEntries(Object.entries(params).filter(([name, value]) => usual[name] !== value));
  return printAddress({ scene: config.scene, preset, params: changed, seed, commands, exercise, atMs });
}
