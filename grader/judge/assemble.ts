import type { Language, Text } from '../../simulator/text.ts';
import { BUNDLE, VERDICT, WARNING } from '../text/verdicts.ts';
import type { CheckVerdict, Counterexample, Problem, Status, Verdict, Warning } from '../verdict.ts';
import type { BundleProblem } from './bundle.ts';
import type { Facts } from './facts.ts';
import type { Remark } from './guest.ts';
import type { Limits } from './limits.ts';
import type { Failure, StopKind } from './outcome.ts';
import type { JudgedCheck, LoadProblem, PlannedCheck } from './protocol.ts';

/** What a verdict is written from, beside the facts. */
export interface Case {
  readonly exercise: string;
  readonly lesson: string;
  /** As the verdict names it. */
  readonly file: string;
  readonly seed: number;
  readonly language: Language;
  readonly limits: Limits;
  /** What to type to run a failing check again. */
  readonly replay: (seed: number) => string;
  readonly durationMs: number;
  readonly warnings: readonly Warning[];
  /** The text is still that of the stub. */
  readonly untouched: boolean;
}

interface Ruling {
  readonly status: Status;
  readonly problem?: Problem;
}

/** The verdict on a file that could not be run. */
export function verdictOnFile(about: Case, problem: BundleProblem, plan: readonly PlannedCheck[]): Verdict {
  const { message, line, column } = problem;
  return verdict(about, plan, new Map(), {
    status: problem.status,
    problem: place(about, message[about.language], line, column),
  });
}

/** The verdict on a file that ran, from what the worker told; `passed` are the tests that vitest saw passing. */
export function verdictOnRun(about: Case, facts: Facts, passed: (check: string) => boolean, fault?: string): Verdict {
  const plan = facts.plan ?? [];
  const ruling = rule(about, facts, fault);
  const results = new Map<string, JudgedCheck>();
  for (const [id, { result }] of facts.judged) {
    if (result.outcome !== 'passed' || passed(id)) results.set(id, result);
  }
  const { death, running } = facts;
  if (
    death !== undefined &&
    death.why !== 'aborted' &&
    death.why !== 'unknown' &&
    plan.some(({ id }) => id === running)
  ) {
    results.set(`${running}`, hung(`${running}`, about.seed, death.why));
  }
  const missing = plan.length === 0 || plan.some(({ id }) => results.get(id)?.outcome !== 'passed');
  const safe: Ruling =
    ruling.status === 'passed' && missing ? broken(about, 'a check that was due did not report') : ruling;
  return {
    ...verdict(about, plan, results, safe),
    misconception: recognised(about, facts, safe.status),
    warnings: [...about.warnings, ...warnings(about, facts)],
  };
}

/** The check at which the worker itself had to be ended. */
function hung(id: string, seed: number, kind: StopKind): JudgedCheck {
  return { id, seed, outcome: 'failed', failure: { reason: 'stopped', message: kind, steps: [] } };
}

/** The verdict when nothing can be said. */
export function graderError(about: Case, detail: string): Verdict {
  return verdict(about, [], new Map(), broken(about, detail));
}

function rule(about: Case, facts: Facts, fault: string | undefined): Ruling {
  if (facts.load !== undefined && facts.load !== null) return loadRuling(about, facts.load);
  if (facts.broken !== undefined) return broken(about, facts.broken);
  const results = [...facts.judged.values()].map(({ result }) => result);
  const stopped = results.find(({ failure }) => failure?.reason === 'stopped')?.failure;
  if (stopped !== undefined) return stopRuling(about, stopped.message as StopKind, stopped.line);
  if (facts.death !== undefined && facts.running !== 'recognise') {
    const { why, detail } = facts.death;
    if (why === 'aborted') return { status: 'grader-error', problem: { message: say(about, VERDICT.interrupted) } };
    const ours = facts.running === undefined || why === 'unknown';
    return ours ? broken(about, `worker ended: ${why} ${detail}`) : stopRuling(about, why, undefined);
  }
  if (fault !== undefined || facts.plan === undefined) return broken(about, fault ?? 'the suite did not load');
  const failing = results.filter(({ outcome }) => outcome !== 'passed');
  if (failing.length === 0) return { status: 'passed' };
  return failedRuling(about, results, failing);
}

function failedRuling(about: Case, results: readonly JudgedCheck[], failing: readonly JudgedCheck[]): Ruling {
  const [first] = failing;
  const line = first?.failure?.line;
  const unwritten = failing.length === results.length && failing.every(({ outcome }) => outcome === 'todo');
  if (unwritten || about.untouched) {
    return {
      status: 'not-attempted',
      problem: place(about, say(about, VERDICT.notAttempted(first?.failure?.todo)), line),
    };
  }
  if (failing.every(({ flaky }) => flaky === true)) {
    return { status: 'flaky', problem: { message: say(about, VERDICT.flaky) } };
  }
  const missing = failing.map(({ failure }) => deniedName(failure?.received)).find((name) => name !== undefined);
  if (missing !== undefined) {
    return { status: 'denied', problem: place(about, say(about, VERDICT.denied(missing)), line) };
  }
  return { status: 'failed' };
}

function loadRuling(about: Case, problem: LoadProblem): Ruling {
  if (problem.is === 'stopped') return stopRuling(about, problem.kind, problem.line);
  if (problem.is === 'contract') return { status: 'contract-error', problem: contractProblem(about, problem) };
  if (problem.is === 'syntax') {
    return {
      status: 'compile-error',
      problem: place(about, BUNDLE.syntax(problem.error)[about.language], problem.line),
    };
  }
  if (problem.todo) {
    const message = say(about, VERDICT.notAttempted(problem.error));
    return { status: 'not-attempted', problem: place(about, message, problem.line) };
  }
  const missing = deniedName(problem.error);
  if (missing !== undefined) {
    return { status: 'denied', problem: place(about, say(about, VERDICT.denied(missing)), problem.line) };
  }
  return { status: 'crashed', problem: place(about, say(about, VERDICT.crashed(problem.error)), problem.line) };
}

function contractProblem(about: Case, problem: Extract<LoadProblem, { is: 'contract' }>): Problem {
  const { name, wanted, found, nearest } = problem;
  if (found === 'nothing') return place(about, say(about, VERDICT.missingExport(name, wanted, nearest)));
  if (found === 'default') return place(about, say(about, VERDICT.defaultExport(name, wanted)));
  return place(about, say(about, VERDICT.wrongKind(name, wanted, found)));
}

function stopRuling(about: Case, kind: StopKind, line: number | undefined): Ruling {
  const status = kind === 'never-settles' ? 'timeout' : kind;
  return { status, problem: place(about, stopMessage(about, kind), line) };
}

function stopMessage(about: Case, kind: StopKind): string {
  switch (kind) {
    case 'timeout':
      return say(about, VERDICT.timeout(about.limits.callMs));
    case 'never-settles':
      return say(about, VERDICT.neverSettles);
    case 'memory-limit':
      return say(about, VERDICT.memory(about.limits.memoryMb));
    case 'output-limit':
      return say(about, VERDICT.output);
  }
}

function broken(about: Case, detail: string): Ruling {
  return { status: 'grader-error', problem: { message: say(about, VERDICT.graderError(detail)) } };
}

function verdict(
  about: Case,
  plan: readonly PlannedCheck[],
  results: ReadonlyMap<string, JudgedCheck>,
  ruling: Ruling,
): Verdict {
  const failed = ruling.status === 'grader-error';
  const checks = plan.map((check) => checkVerdict(about, check, failed ? undefined : results.get(check.id)));
  return {
    exercise: about.exercise,
    lesson: about.lesson,
    file: about.file,
    status: ruling.status,
    score: checks.reduce((sum, { points }) => sum + points, 0),
    maxScore: plan.reduce((sum, { points }) => sum + points, 0),
    seed: about.seed,
    durationMs: about.durationMs,
    checks,
    misconception: null,
    warnings: about.warnings,
    ...(ruling.problem === undefined ? {} : { problem: ruling.problem }),
  };
}

function checkVerdict(about: Case, check: PlannedCheck, result: JudgedCheck | undefined): CheckVerdict {
  const base = {
    id: check.id,
    title: check.title[about.language],
    maxPoints: check.points,
    section: check.section,
    replay: about.replay(result?.seed ?? about.seed),
  };
  if (result === undefined) {
    return { ...base, status: 'not-run', points: 0, message: say(about, VERDICT.notRun), counterexample: null };
  }
  const { failure } = result;
  if (failure === undefined) {
    return { ...base, status: 'passed', points: check.points, message: '', counterexample: null };
  }
  const message = failure.reason === 'stopped' ? stopMessage(about, failure.message as StopKind) : failure.message;
  return { ...base, status: 'failed', points: 0, message, counterexample: counterexample(failure) };
}

function counterexample({ steps, expected, received, line, scene }: Failure): Counterexample {
  return {
    steps,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    ...(line === undefined ? {} : { line }),
    ...(scene === undefined ? {} : { scene }),
  };
}

function recognised(about: Case, { misconception }: Facts, status: Status): Verdict['misconception'] {
  if (misconception === undefined || status !== 'failed') return null;
  return { id: misconception.id, message: say(about, misconception.message) };
}

/** Printed lines told of one check, and of all together. */
const PRINTED_BY_CHECK = 6;
const PRINTED = 18;

function warnings(about: Case, facts: Facts): Warning[] {
  const found: Warning[] = [];
  const seen = new Set<string>();
  let told = 0;
  let printed = 0;
  for (const [check, judged] of facts.judged) {
    printed += judged.printed;
    const lines = judged.remarks.filter(({ kind }) => kind === 'console').slice(0, PRINTED_BY_CHECK);
    const shown = lines.slice(0, Math.max(0, PRINTED - told));
    told += shown.length;
    for (const remark of [...judged.remarks.filter(({ kind }) => kind !== 'console'), ...shown]) {
      const key = `${remark.kind} ${remark.text} ${remark.line}`;
      if (remark.kind !== 'console' && seen.has(key)) continue;
      seen.add(key);
      const { kind, line } = remark;
      found.push({ kind, message: remarkText(about, remark), ...(line === undefined ? {} : { line }), check });
    }
  }
  if (printed > told) found.push({ kind: 'console', message: say(about, WARNING.moreOutput(printed - told)) });
  return found;
}

function remarkText(about: Case, { kind, text }: Remark): string {
  switch (kind) {
    case 'console':
      return text;
    case 'unhandled-rejection':
      return say(about, WARNING.unhandled(text));
    case 'clock':
      return say(about, WARNING.clock);
    case 'random':
      return say(about, WARNING.random);
    case 'changed-input':
      return say(about, WARNING.changedInput);
  }
}

/** What Node or a browser has and the isolate has not. */
const ABSENT =
  /^(?:process|require|queueMicrotask|module|exports|global|Buffer|__dirname|__filename|fetch|crypto|window|document|self|navigator|location|localStorage|sessionStorage|XMLHttpRequest|WebSocket|Worker|MessageChannel|BroadcastChannel|set(?:Timeout|Interval|Immediate)|clear(?:Timeout|Interval|Immediate)|structuredClone|Text(?:En|De)coder|URL|URLSearchParams|atob|btoa|AbortController|AbortSignal|EventTarget|Event|Headers|Request|Response|FormData|Blob|File|DOMException|requestAnimationFrame|alert|prompt|WebAssembly|SharedArrayBuffer|Atomics)$/;

function deniedName(error: string | undefined): string | undefined {
  const [, name] = /^ReferenceError: (\w+) is not defined$/.exec(error ?? '') ?? [];
  return name !== undefined && ABSENT.test(name) ? name : undefined;
}

function place(about: Case, message: string, line?: number, column?: number): Problem {
  return {
    message,
    file: about.file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function say(about: Case, text: Text): string {
  return text[about.language];
}
