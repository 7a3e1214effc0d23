import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../verdict.ts';
import type { Course } from './course.ts';

/*
 * Every verdict the judge knows, each reached by a file of the fixture course. The first lines of a fixture say what
 * must come out of it: `expect: <status> [at <line>]`, and where they matter `fails`, `received`, `says`, `warns`
 * and `misconception`.
 */
export const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url));
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

/** In what a verdict is not what the fixture says of itself: nothing, when all is well. */
export function differences(verdict: Verdict, { status, line, wants }: Fixture): string[] {
  const failing = verdict.checks.find((check) => check.status === 'failed');
  const text = textOf(verdict);
  const found: string[] = [];
  const differ = (what: string, received: unknown) => found.push(`${what} was due, received ${received}: ${text}`);
  if (!status.includes(verdict.status)) differ(status.join('|'), verdict.status);
  const itsLine = verdict.problem?.line ?? failing?.counterexample?.line;
  if (line !== undefined && itsLine !== line) differ(`line ${line}`, itsLine);
  if (wants.fails !== undefined && failing?.id !== wants.fails) differ(wants.fails, failing?.id);
  const received = failing?.counterexample?.received;
  if (wants.received !== undefined && received !== wants.received) differ(wants.received, received);
  if (wants.says !== undefined && !text.includes(wants.says)) differ(`'${wants.says}'`, '');
  if (verdict.misconception?.id !== wants.misconception) differ(`${wants.misconception}`, verdict.misconception?.id);
  const kinds = verdict.warnings.map(({ kind }) => `${kind}`);
  if (wants.warns !== undefined && !kinds.includes(wants.warns)) differ(`warning ${wants.warns}`, kinds);
  return found;
}

function textOf(verdict: Verdict): string {
  return [verdict.problem?.message, ...verdict.checks.map(({ message }) => message)].filter(Boolean).join('\n');
}
