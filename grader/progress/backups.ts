import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exercise } from '../catalogue.ts';
import { progressFolder, replaceFile } from './state.ts';

/**
 * Keeps the learner's present text of an exercise under `.progress/backups/`.
 * @returns the backup's name, or undefined when there is nothing to keep
 */
export function keepBackup({ id, files }: Exercise, now: Date = new Date()): string | undefined {
  const text = readText(files.stub);
  if (text === undefined || text === readText(files.pristine)) return undefined;
  mkdirSync(backupFolder(), { recursive: true });
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let copy = 1; ; copy++) {
    const name = `${id}.${moment}${copy === 1 ? '' : `.${copy}`}.ts`;
    try {
      writeFileSync(join(backupFolder(), name), text, { flag: 'wx' });
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Names of what is kept of an exercise, oldest first. */
export function listBackups(id: string): string[] {
  try {
    return readdirSync(backupFolder())
      .filter((name) => name.startsWith(`${id}.`) && name.endsWith('.ts'))
      .sort((a, b) => a.slice(0, -3).localeCompare(b.slice(0, -3), 'en', { numeric: true }));
  } catch {
    return [];
  }
}

/** Brings a kept text back; what stood there is kept in turn. */
export function restoreBackup(exercise: Exercise, name: string): void {
  const text = readFileSync(join(backupFolder(), name), 'utf8');
  keepBackup(exercise);
  replaceFile(exercise.files.stub, text);
}

/** Puts the stub back in one step. @throws Error when the course has no stub of it */
export function putStubBack({ files }: Exercise): void {
  replaceFile(files.stub, readFileSync(files.pristine, 'utf8'));
}

/** Text of a file; undefined when it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function backupFolder(): string {
  return join(progressFolder(), 'backups');
}
