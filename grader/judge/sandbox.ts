import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './course.ts';

/** Why this machine cannot put a process behind walls of the operating system; undefined where it can. */
export function sandboxProblem(): string | undefined {
  if (process.platform !== 'linux') return process.platform;
  const missing = ['bwrap', 'prlimit'].find((name) => program(name) === undefined);
  if (missing !== undefined) return `${missing}: not found`;
  const [command, ...args] = sandboxed(['true']) as [string, ...string[]];
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000 });
  if (status === 0) return undefined;
  const [reason = ''] = (error?.message ?? stderr ?? '').trim().split('\n');
  return reason === '' ? `bwrap: ${status}` : reason;
}

export function canSandbox(): boolean {
  return sandboxProblem() === undefined;
}

/**
 * The command that runs `command` without network, with a file system that is read-only and holds only Node and what is
 * `shown`, without devices that matter, and with small files and limited processor time.
 * @param shown absolute paths; by default the course
 * @throws Error where the machine has no `bwrap` and `prlimit`
 */
export function sandboxed(command: readonly string[], shown: readonly string[] = [ROOT]): string[] {
  const bwrap = program('bwrap');
  const prlimit = program('prlimit');
  if (bwrap === undefined || prlimit === undefined) throw new Error('the sandbox needs bwrap and prlimit');
  const system = ['/usr', '/bin', '/lib', '/lib64', '/etc/ld.so.cache', process.execPath];
  return [
    ...[prlimit, '--core=0', '--fsize=0', '--cpu=3600'],
    ...[bwrap, '--unshare-all', '--die-with-parent', '--new-session'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    // What is shown comes after the empty /tmp: it may itself stand there.
    ...[...system, ...shown].flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--chdir', ROOT],
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
