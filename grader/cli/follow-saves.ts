import { basename } from 'node:path';
import { watch } from 'chokidar';
import { createSettler } from './settle.ts';

/** An editor may save in several steps; this long after the last of them a file counts as saved. */
const QUIET_MS = 40;

/**
 * Tells of every saved or vanished TypeScript file below `folder`: plain writes, replacements by rename, deletions and
 * returns.
 * @returns when watching has begun, how to end it
 */
export async function followSaves(
  folder: string,
  tell: (file: string, what: 'saved' | 'gone') => void,
): Promise<() => Promise<void>> {
  const settler = createSettler(tell, QUIET_MS);
  const note = (file: string, what: 'saved' | 'gone') => {
    if (basename(file).endsWith('.ts')) settler.note(file, what);
  };
  const watcher = watch(folder, { ignoreInitial: true })
    .on('add', (file) => note(file, 'saved'))
    .on('change', (file) => note(file, 'saved'))
    .on('unlink', (file) => note(file, 'gone'))
    .on('error', (error) => console.error(error instanceof Error ? error.message : error));
  await new Promise((ready) => watcher.once('ready', () => ready(undefined)));
  return async () => {
    settler.stop();
    await watcher.close();
  };
}
