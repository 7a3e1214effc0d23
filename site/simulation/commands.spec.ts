import { describe, expect, it } from 'vitest';
import { withCommand } from './commands.ts';

const node = 'server-2';
const cut = { atMs: 2_000, kind: 'partition', node } as const;
const revive = { kind: 'revive', node } as const;

describe('a command of the reader', () => {
  it('stands where its time is', () => {
    const spike = { atMs: 1_000, kind: 'spike', factor: 3, forMs: 2_000 } as const;
    expect(withCommand([cut], spike)).toEqual([spike, cut]);
  });

  it('mends the connection of a server that is cut off, and revives one that is not', () => {
    const mended = withCommand([cut], { atMs: 3_000, ...revive });
    expect(mended.at(-1)).toEqual({ atMs: 3_000, kind: 'heal', node });
    expect(withCommand(mended, { atMs: 3_000, ...revive }).at(-1)?.kind).toBe('revive');
    expect(withCommand([cut], { atMs: 3_000, kind: 'revive', node: 'server-1' }).at(-1)?.kind).toBe('revive');
  });

  it('knows only what has happened by its time', () => {
    expect(withCommand([cut], { atMs: 1_000, ...revive })[0]?.kind).toBe('revive');
  });
});
