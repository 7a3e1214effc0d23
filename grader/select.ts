import { distance } from 'fastest-levenshtein';
import type { Exercise } from './catalogue.ts';

/** What a learner typed to name exercises, resolved. */
export type Selection<E extends Exercise> =
  | { readonly kind: 'found'; readonly exercises: readonly E[] }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }
  | { readonly kind: 'unknown'; readonly nearest: string | undefined };

/**
 * The exercises that `typed` names: an id, the beginning of one while only one fits, a lesson's folder or its
 * beginning (`02`), or the path of an exercise's file in either slash. An exact name wins over a beginning.
 */
export function selectExercises<E extends Exercise>(exercises: readonly E[], typed: string): Selection<E> {
  const wanted = nameIn(typed);
  const byId = exercises.filter((exercise) => exercise.id === wanted);
  if (byId.length > 0) return { kind: 'found', exercises: byId };
  const byLesson = exercises.filter((exercise) => exercise.lesson === wanted);
  if (byLesson.length > 0) return { kind: 'found', exercises: byLesson };

  const lessons = [...new Set(exercises.map((exercise) => exercise.lesson))];
  const names = [...exercises.map((exercise) => exercise.id), ...lessons];
  const begun = wanted === '' ? [] : names.filter((name) => name.startsWith(wanted));
  const [only] = begun;
  if (only !== undefined && begun.length === 1) {
    return {
      kind: 'found',
      exercises: exercises.filter((exercise) => exercise.id === only || exercise.lesson === only),
    };
  }
  if (begun.length > 1) return { kind: 'ambiguous', ids: begun };
  return { kind: 'unknown', nearest: nearestTo(wanted, names) };
}

/** The name that takes the fewest edits to reach. Undefined when there are no names. */
export function nearestTo(typed: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, edits: distanceTo(typed, name) }))
    .sort((a, b) => a.edits - b.edits || a.name.localeCompare(b.name));
  return best?.name;
}

/** Whether two names are near enough for one to have been meant by the other. */
export function isNear(typed: string, name: string): boolean {
  return distanceTo(typed, name) <= Math.max(2, Math.ceil(typed.length / 3));
}

/** Half a name, misspelt, is nearer to its whole than counting its missing letters says. */
function distanceTo(typed: string, name: string): number {
  return Math.min(distance(typed, name), distance(typed, name.slice(0, typed.length)) + 1);
}

function nameIn(typed: string): string {
  const parts = typed.replaceAll('\\', '/').replace(/\/+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return parts.length > 1 || /\.(ts|mdx)$/.test(last) ? last.replace(/(\.ko)?\.(ts|mdx)$/, '') : last;
}
