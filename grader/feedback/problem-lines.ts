import type { Verdict } from '../verdict.ts';
import { harmless } from './harmless.ts';

/**
 * One line per problem, `file:line:column: severity: message`, in the shape that compilers use and editors match.
 * Empty when there is nothing to point at.
 */
export function renderProblemLines(verdicts: readonly Verdict[]): string {
  return harmless(verdicts)
    .flatMap((verdict) => [...problemsOf(verdict), ...checksOf(verdict), ...warningsOf(verdict)])
    .map((line) => `${line.replace(/\s*\n\s*/g, ' ')}\n`)
    .join('');
}

function problemsOf({ problem, file }: Verdict): string[] {
  if (problem === undefined) return [];
  return [`${problem.file ?? file}:${problem.line ?? 1}:${problem.column ?? 1}: error: ${problem.message}`];
}

function checksOf({ checks, file }: Verdict): string[] {
  return checks
    .filter((check) => check.status === 'failed')
    .map((check) => `${file}:${check.counterexample?.line ?? 1}:1: error: ${check.id}: ${check.title}`);
}

function warningsOf({ warnings, file }: Verdict): string[] {
  return warnings
    .filter((warning) => warning.kind !== 'console')
    .map((warning) => `${file}:${warning.line ?? 1}:1: warning: ${warning.message}`);
}
