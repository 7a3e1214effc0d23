import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { traceHash } from '../../simulator/trace-hash.ts';
import { type Exercise, listExercises } from '../catalogue.ts';
import type { LearnerRun } from './learner.ts';
import { runLearner } from './learner.ts';
import { loadScenes, loadSolution, paramsOf } from './scenes.ts';

const folder = mkdtempSync(join(tmpdir(), 'learner-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (await loadScenes()).find(({ scene }) => scene.id === 'slow-server')!;
const params = paramsOf(file.scene, file.scene.presets[0]!);
const roundRobin = listExercises().find(({ id }) => id === 'round-robin')!;
let count = 0;

async function runOf(code: string, patienceMs?: number): Promise<LearnerRun> {
  const stub = join(folder, `round-robin-${count++}.ts`);
  writeFileSync(stub, code);
  const exercise: Exercise = { ...roundRobin, files: { ...roundRobin.files, stub } };
  return runLearner(file, exercise, params, 1, patienceMs);
}

const rotation = (pick: string): string => `
export class RoundRobin {
  private turn = 0;
  constructor(private readonly servers: readonly string[]) {}
  pick(): string { ${pick} }
  add(server: string): void {}
  remove(server: string): boolean { return false; }
}
`;
const WORKS = rotation('return this.servers[this.turn++ % this.servers.length]!;');

describe("the learner's lane", () => {
  it('meets the same traffic as the reference', async () => {
    const run = await runOf(WORKS);
    const solution = (await loadSolution('02-load-balancing', 'round-robin'))!;
    const reference = await file.scene.run(
      file.scene.plan(params),
      file.scene.exercises['round-robin']!.adapt(solution),
      { seed: 1 },
    );
    expect(run.status === 'ran' && traceHash(run.trace)).toBe(traceHash(reference));
  });

  it('is not written yet while it says so itself', async () => {
    const stub = "import { todo } from '../todo.ts';\n";
    expect(await runOf(stub + rotation("return todo('pick');"))).toEqual({ status: 'not-written' });
  });

  it('tells a syntax error', async () => {
    expect(await runOf('export class RoundRobin {\n  pick( { }\n}')).toMatchObject({
      status: 'failed',
      message: { en: expect.stringContaining('Expected ")"') },
    });
  });

  it('tells what it threw, where, and keeps the run until then', async () => {
    const run = await runOf(
      rotation("if (this.turn++ > 20) {\n throw new Error('dizzy');\n}\nreturn this.servers[0]!;"),
    );
    expect(run).toMatchObject({ status: 'failed', message: { en: 'dizzy' }, line: 6 });
    expect(run.status === 'failed' && run.trace!.requests.arrivedUs).toHaveLength(22);
  });

  it('tells a server that does not exist, a missing class and a throwing file', async () => {
    const messages = await Promise.all(
      [rotation("return 'nobody';"), 'export {};', "throw new Error('at once');"].map(async (code) => {
        const run = await runOf(code);
        return run.status === 'failed' && run.message.en;
      }),
    );
    expect(messages).toEqual([
      '"nobody" is not one of the servers server-1, server-2, server-3, server-4',
      'the file exports no class RoundRobin',
      'at once',
    ]);
  });

  it('is ended when it loops', async () => {
    const run = await runOf(rotation('for (;;) this.turn++;'), 300);
    expect(run).toMatchObject({ status: 'failed', message: { en: expect.stringContaining('loop') } });
  });

  it('is ended when it leaves the process', async () => {
    const run = await runOf("export class RoundRobin { constructor() { (0, eval)('process').exit(0); } }").catch(
      String,
    );
    expect(run).toMatch(/ended with 0/);
  });
});
