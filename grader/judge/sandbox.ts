import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './course.ts';

/** Whether this machine can put the worker behind a wall of the operating system. */
export function canSandbox(): boolean {
  return program('bwrap') !== undefined && program('prlimit') !== undefined;
}

/**
 * The command that runs `command` without network, with a file system that is read-only and holds only the course
 * and Node, and with few processes, small files and limited processor time.
 */
export function sandboxed(command: readonly string[]): string[] {
  const bwrap = program('bwrap');
  const prlimit = program('prlimit');
  if (bwrap === undefined || prlimit === undefined) throw new Error('bwrap and prlimit are needed for the sandbox');
  const shown = ['/usr', '/bin', '/lib', '/lib64', '/etc/ld.so.cache'].flatMap((path) => ['--ro-bind-try', path, path]);
  return [
    ...[prlimit, '--core=0', '--fsize=0', '--cpu=120'],
    ...[bwrap, '--unshare-all', '--die-with-parent', '--new-session'],
    ...shown,
    // The course comes after the empty /tmp: it may itself stand there.
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--ro-bind', ROOT, ROOT, '--chdir', ROOT],
    ...command,
  ];
}

function program(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {}
  }
  return undefined;
}
