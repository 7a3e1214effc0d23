import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, describe, expect, it } from 'vitest';

const progress = mkdtempSync(join(tmpdir(), 'simulate-'));
afterAll(() => rmSync(progress, { recursive: true }));

/** `npm run simulate -- …` as a process of its own, with a progress folder of its own. */
function simulate(words: readonly string[], env: Record<string, string> = {}) {
  const run = spawnSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'grader/cli/simulate.ts', ...words], {
    encoding: 'utf8',
    env: { ...process.env, ZERO_TO_MILLIONS_PROGRESS: progress, NO_COLOR: '1', LANG: 'C', LC_ALL: 'C', ...env },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('npm run simulate', () => {
  it('lists every scene with its presets, as JSON and nothing else when asked', () => {
    const { code, out } = simulate(['--json']);
    const scenes = JSON.parse(out) as { id: string; lesson: string; title: string; presets: string[] }[];
    expect(code).toBe(0);
    expect(scenes).toContainEqual({
      id: 'slow-server',
      lesson: '02-load-balancing',
      title: 'One slow server',
      presets: ['slow-server', 'all-healthy', 'mixed-costs', 'equal-costs'],
    });
    expect(simulate([]).out).toContain('slow-server · all-healthy');
  });

  it('runs naive, yours and reference, by the beginning of a name', () => {
    const { code, out } = simulate(['slow', '--json', '--seed', '5', '--preset', 'mixed-costs', '--set', 'load=60']);
    const result = JSON.parse(out);
    expect(code, 'a learner’s own code may fail, the command may not').toBeLessThan(2);
    expect(result).toMatchObject({
      version: 1,
      scene: 'slow-server',
      preset: 'mixed-costs',
      seed: 5,
      params: { speed: 100, costs: 'mixed', load: 60 },
    });
    const lanes = result.lanes as { kind: string; status: string; measures: Record<string, number> | null }[];
    expect(lanes.map(({ kind }) => kind)).toEqual(['baseline', 'yours', 'reference']);
    expect(lanes[0]!.measures!.p99).toBeGreaterThan(lanes[2]!.measures!.p99!);
  });

  it('answers what it does not know with one line, the nearest match and exit code 2', () => {
    const wrong = [
      [['slow-servr'], 'slow-server'],
      [['slow-server', '--preset', 'mixed-cost'], 'mixed-costs'],
      [['slow-server', '--exercise', 'round-robbin'], 'round-robin'],
      [['slow-server', '--presets', 'x'], '--preset'],
      [['slow-server', '--set', 'load=200'], 'load'],
      [['slow-server', '--seed', 'x'], '--seed'],
    ] as const;
    for (const [words, nearest] of wrong) {
      const { code, out, err } = simulate(words);
      expect([words, code, out]).toEqual([words, 2, '']);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toContain(nearest);
    }
  });

  it('fits a narrow terminal, in Korean too, without colour where none is wanted', () => {
    for (const language of ['en', 'ko']) {
      const { code, out } = simulate(['gateway', '--lang', language], { COLUMNS: '44' });
      expect(code).toBeLessThan(2);
      expect(out).not.toContain('\u001b[');
      for (const line of out.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(44);
    }
  });

  it('repeats itself to the last digit for the same seed', () => {
    expect(simulate(['pages', '--json', '--seed', '9']).out).toBe(simulate(['pages', '--json', '--seed', '9']).out);
  });

  it('tells authors whether the effects of a scene hold', () => {
    const { code, out } = simulate(['turns', '--effects', '--seeds', '3', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).effects).toHaveLength(3);
  });
});
