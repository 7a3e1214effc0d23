import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Course } from '../../grader/judge/course.ts';
import type { Verdict } from '../../grader/verdict.ts';

/*
 * Every verdict the judge knows, each reached by a file of the fixture course. The first lines of a fixture say what
 * must come out of it: `expect: <status> [at <line>]`, and where they matter `fails`, `received`, `says`, `warns`
 * and `misconception`.
 */
export const FIXTURES = fileURLToPath(new URL('../../grader/judge/fixtures/', import.meta.url));
export const FIXTURE_COURSE: Course = {
  exercises: join(FIXTURES, 'exercises'),
  suites: join(FIXTURES, 'suites'),
  stubs: join(FIXTURES, 'stubs'),
  misconceptions: join(FIXTURES, 'misconceptions'),
  alternatives: join(FIXTURES, 'alternatives'),
};
export const TALLY = { id: 'tally', lesson: '01-numbers' };
export const OPTIONS = {
  seed: 11,
  language: 'en',
  course: FIXTURE_COURSE,
  limits: { callMs: 500, checkMs: 2000, compileMs: 2000 },
} as const;

export interface Fixture {
  readonly name: string;
  readonly file: string;
  readonly status: readonly string[];
  readonly line: number | undefined;
  readonly wants: Readonly<Record<string, string>>;
}

export function fixtures(folder: string): Fixture[] {
  return readdirSync(join(FIXTURES, folder)).map((file) => {
    const path = join(FIXTURES, folder, file);
    const head = [...readFileSync(path, 'utf8').matchAll(/^\/\/ (\w+): (.*)$/gm)];
    const wants = Object.fromEntries(head.map(([, key, value]) => [key, value])) as Record<string, string>;
    const [status = '', line] = wants.expect?.split(' at ') ?? [];
    return {
      name: file.slice(0, -3),
      file: path,
      status: status.split('|'),
      line: line === undefined ? undefined : Number(line),
      wants,
    };
  });
}

/** What a fixture says of itself must be so, whichever folder it stands in. */
export function expectAsNamed(verdict: Verdict, { status, line, wants }: Fixture): void {
  expect(status, textOf(verdict)).toContain(verdict.status);
  if (line !== undefined) expect(lineOf(verdict)).toBe(line);
  const failing = verdict.checks.find((check) => check.status === 'failed');
  if (wants.fails !== undefined) expect(failing?.id).toBe(wants.fails);
  if (wants.received !== undefined) expect(failing?.counterexample?.received).toBe(wants.received);
  if (wants.says !== undefined) expect(textOf(verdict)).toContain(wants.says);
  expect(verdict.misconception?.id).toBe(wants.misconception);
  if (wants.warns !== undefined) expect(verdict.warnings.map(({ kind }) => kind)).toContain(wants.warns);
}

function lineOf(verdict: Verdict): number | undefined {
  const failing = verdict.checks.find(({ status }) => status === 'failed');
  return verdict.problem?.line ?? failing?.counterexample?.line;
}

function textOf(verdict: Verdict): string {
  return [verdict.problem?.message, ...verdict.checks.map(({ message }) => message)].join('\n');
}
