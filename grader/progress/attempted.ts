import { existsSync, readFileSync } from 'node:fs';
import type { Exercise } from '../catalogue.ts';

/** Whether the learner's file says anything but what the stub said; line ends and trailing blanks do not count. */
export function isAttempted({ files }: Exercise): boolean {
  if (!existsSync(files.stub)) return false;
  if (!existsSync(files.pristine)) return true;
  return essence(files.stub) !== essence(files.pristine);
}

function essence(file: string): string {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
