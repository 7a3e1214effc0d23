import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process of this machine; empty where there is no `/proc`. */
function processes(): Process[] {
  let pids: number[] = [];
  try {
    pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {}
  return pids.flatMap((pid) => {
    try {
      const [, parent] = /^\d+ \(.*\) [A-Z] (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      // A process that has ended and waits for its parent to notice has no command line any more.
      return command === '' ? [] : [{ pid, parent: Number(parent), command }];
    } catch {
      return [];
    }
  });
}

/** All processes that `pid` started, and that these started. */
export function descendants(pid: number): Process[] {
  const all = processes();
  const below = (parent: number): Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** Processes of the judge of the course in `root` whose parent is gone. */
export function orphans(root: string): Process[] {
  return processes().filter(
    ({ parent, command }) =>
      parent === 1 && command.includes(root) && /forks\.js|judge\/driver\.ts|the-graded-file/.test(command),
  );
}
