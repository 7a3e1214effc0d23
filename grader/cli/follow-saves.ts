import { basename } from 'node:path';
import { watch } from 'chokidar';

/** An editor may save in several steps; this long after the last of them a file counts as saved. */
const SETTLE_MS = 40;

/**
 * Tells of every saved or vanished TypeScript file below `folder`: plain writes, replacements by rename, deletions and
 * returns. A burst of steps on one file is told once.
 * @returns when watching has begun, how to end it
 */
export async function followSaves(
  folder: string,
  tell: (file: string, what: 'saved' | 'gone') => void,
): Promise<() => Promise<void>> {
  const settling = new Map<string, NodeJS.Timeout>();
  const settle = (file: string, what: 'saved' | 'gone') => {
    if (!basename(file).endsWith('.ts')) return;
    clearTimeout(settling.get(file));
    settling.set(
      file,
      setTimeout(() => {
        settling.delete(file);
        tell(file, what);
      }, SETTLE_MS),
    );
  };
  const watcher = watch(folder, { ignoreInitial: true })
    .on('add', (file) => settle(file, 'saved'))
    .on('change', (file) => settle(file, 'saved'))
    .on('unlink', (file) => settle(file, 'gone'))
    .on('error', (error) => console.error(error instanceof Error ? error.message : error));
  await new Promise((ready) => watcher.once('ready', () => ready(undefined)));
  return async () => {
    for (const timer of settling.values()) clearTimeout(timer);
    await watcher.close();
  };
}
