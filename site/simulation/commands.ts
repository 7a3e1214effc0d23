import type { Command } from '../../simulator/scene.ts';

/**
 * What the reader has done to the world, with one thing more, in order of time. To revive a server that is cut off is to
 * mend its connection; whatever else is wrong with it takes a second time.
 */
export function withCommand(commands: readonly Command[], command: Command): Command[] {
  const { atMs } = command;
  const added: Command =
    command.kind === 'revive' && isCut(commands, command.node, atMs) ? { ...command, kind: 'heal' } : command;
  return [...commands, added].sort((a, b) => a.atMs - b.atMs);
}

function isCut(commands: readonly Command[], node: string, atMs: number): boolean {
  const last = commands.findLast(
    (command) => isForConnection(command) && command.node === node && command.atMs <= atMs,
  );
  return last?.kind === 'partition';
}

function isForConnection(command: Command): command is Extract<Command, { kind: 'partition' | 'heal' }> {
  return command.kind === 'partition' || command.kind === 'heal';
}
