import type { Language } from '../../simulator/text.ts';
import { type Exercise, listExercises } from '../catalogue.ts';
import { selectExercises } from '../select.ts';
import { USAGE } from '../text/commands.ts';
import { UsageError } from './command.ts';

/**
 * The exercises that the words of a command line name, each once, in the order typed.
 * @throws UsageError with the nearest id and the list of all when one is not known
 */
export function chooseExercises(words: readonly string[], language: Language): Exercise[] {
  const all = listExercises();
  return [...new Set(words.flatMap((typed) => named(all, typed, language)))];
}

/** The one exercise that a word names. @throws UsageError as `chooseExercises`, or when it names a whole lesson */
export function chooseOne(typed: string, language: Language): Exercise {
  const [first, ...more] = chooseExercises([typed], language);
  if (first !== undefined && more.length === 0) return first;
  const ids = [first, ...more].map((exercise) => exercise?.id).join(', ');
  throw new UsageError(USAGE.oneOnly(typed, ids)[language]);
}

function named(all: readonly Exercise[], typed: string, language: Language): readonly Exercise[] {
  const selection = selectExercises(all, typed);
  switch (selection.kind) {
    case 'found':
      return selection.exercises;
    case 'ambiguous':
      throw new UsageError(USAGE.ambiguous(typed, selection.ids.join(', '))[language]);
    case 'unknown': {
      const known = all.map((exercise) => exercise.id).join(', ');
      throw new UsageError(USAGE.unknownExercise(typed, selection.nearest, known)[language]);
    }
  }
}
