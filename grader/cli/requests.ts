import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Language } from '../../simulator/text.ts';
import { type Exercise, listExercises, readCatalogue } from '../catalogue.ts';
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
export async function chooseRequests(
  words: readonly string[],
  typedFile: string | undefined,
  language: Language,
): Promise<Request[]> {
  if (typedFile === undefined) {
    const chosen = words.length > 0 ? chooseExercises(words, language) : listExercises().filter(isAttempted);
    return (await inCourseOrder(chosen)).map((exercise) => ({ exercise, file: exercise.files.stub }));
  }
  const [exercise, ...more] = chooseExercises(words, language);
  if (exercise === undefined || more.length > 0) throw new UsageError(USAGE.fileNeedsOne[language]);
  const file = typedPath(typedFile);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(USAGE.noFile(typedFile, nearestFile(file))[language]);
  if (found.isDirectory()) throw new UsageError(USAGE.notAFile(typedFile)[language]);
  return [{ exercise, file }];
}

/** Several exercises stand in the order of the course; one alone needs no brief to be read. */
async function inCourseOrder(chosen: readonly Exercise[]): Promise<readonly Exercise[]> {
  if (chosen.length < 2) return chosen;
  const order = (await readCatalogue()).map(({ id }) => id);
  return chosen.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
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
