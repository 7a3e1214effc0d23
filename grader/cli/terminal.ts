import { isAbsolute, relative, resolve } from 'node:path';
import type { WriteStream } from 'node:tty';
import picocolors from 'picocolors';
import type { Language } from '../../simulator/text.ts';
import { courseRoot } from '../catalogue.ts';
import type { Page } from '../feedback/page.ts';

/** The page that a stream is: its width between 40 and 100 columns, colour only where somebody can see it. */
export function pageFor(stream: NodeJS.WriteStream, language: Language): Page {
  const forced = process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0';
  const columns = (stream as Partial<WriteStream>).columns ?? Number(process.env.COLUMNS);
  return {
    language,
    width: Math.min(100, Math.max(40, Number.isFinite(columns) && columns > 0 ? columns : 80)),
    colors: picocolors.createColors(forced || (stream.isTTY === true && picocolors.isColorSupported)),
  };
}

/** The folder in which the command was typed: npm runs scripts in the course's folder and remembers where from. */
export function typedFrom(): string {
  const { INIT_CWD } = process.env;
  return INIT_CWD !== undefined && relative(courseRoot, process.cwd()) === '' ? INIT_CWD : process.cwd();
}

/** An absolute path for what was typed. */
export function typedPath(path: string): string {
  return resolve(typedFrom(), path);
}

/** A path as the learner would type it: relative to where they are while it is below, with forward slashes. */
export function shownPath(path: string): string {
  const near = relative(typedFrom(), path);
  return (near === '' || isAbsolute(near) ? path : near).replaceAll('\\', '/');
}
