import { readState, stateOf, updateExercise } from './state.ts';

/** How many of an exercise's hints have been seen. */
export function hintsSeen(id: string): number {
  return stateOf(readState(), id).hints;
}

/** Climbs one rung of a ladder of `total` hints and remembers it. @returns how many have been seen then */
export function climb(id: string, total: number): number {
  return updateExercise(id, (state) => ({ ...state, hints: Math.min(total, state.hints + 1) })).hints;
}
