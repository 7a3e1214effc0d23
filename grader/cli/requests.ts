import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Language } from '../../simulator/text.ts';
import { type Exercise, listExercises } from '../catalogue.ts';
import { isAttempted } from '../progress/attempted.ts';
import { isNear, nearestTo } from '../select.ts';
import { USAGE } from '../text/commands.ts';
import { chooseExercises } from './choose.ts';
import { UsageError } from './command.ts';
import { shownPath, typedPath } from './terminal.ts';

/** An exercise and the file to grade for it. */
export interface Request {
  readonly exercise: Exercise;
  /** Absolute. */
  readonly file: string;
}

/**
 * What to grade: the exercises named, or else everything attempted; or one exercise with another file (`typedFile`).
 * @throws UsageError when a name or the file is not known
 */
export function chooseRequests(words: readonly string[], typedFile: string | undefined, language: Language): Request[] {
  if (typedFile === undefined) {
    const chosen = words.length > 0 ? chooseExercises(words, language) : listExercises().filter(isAttempted);
    return chosen.map((exercise) => ({ exercise, file: exercise.files.stub }));
  }
  const [exercise, ...more] = chooseExercises(words, language);
  if (exercise === undefined || more.length > 0) throw new UsageError(USAGE.fileNeedsOne[language]);
  const file = typedPath(typedFile);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(USAGE.noFile(typedFile, nearestFile(file))[language]);
  if (found.isDirectory()) throw new UsageError(USAGE.notAFile(typedFile)[language]);
  return [{ exercise, file }];
}

/** The file of the same folder whose name is nearest to the one that is missing. */
function nearestFile(missing: string): string | undefined {
  const folder = dirname(missing);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const nearest = nearestTo(
    basename(missing),
    files.map((entry) => entry.name),
  );
  return nearest !== undefined && isNear(basename(missing), nearest) ? shownPath(join(folder, nearest)) : undefined;
}
