import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file under a folder, with what changes when it is written: its size, time and kind. */
export function filesUnder(folder: string): [path: string, state: string][] {
  let names: string[] = [];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names.map((name) => {
    const path = join(folder, name);
    const { size, mtimeMs, mode } = lstatSync(path);
    return [path, `${size} ${mtimeMs} ${mode}`];
  });
}
