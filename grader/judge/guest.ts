import { readFileSync } from 'node:fs';
import ivm from 'isolated-vm';
import type { Limits } from './limits.ts';
import { GuestStopped, type StopKind } from './outcome.ts';
import { SCRIPT, type SourceLines } from './source-line.ts';

const INSIDE = readFileSync(new URL('./inside.js', import.meta.url), 'utf8');

export interface GuestOptions {
  /** The learner's file and what it imports, as one script that sets `__learner`. */
  readonly code: string;
  readonly lines: SourceLines;
  /** For `Math.random` in the isolate. */
  readonly seed: number;
  readonly limits: Limits;
}

/** Something worth telling that is no failure. */
export interface Remark {
  readonly kind: 'unhandled-rejection' | 'console' | 'clock' | 'random' | 'changed-input';
  readonly text: string;
  readonly line?: number;
}

/** Answers a call from inside: only strings and numbers come, and only a string goes back. */
export type Answer = (op: string, id: number, name: string, wire: string) => string;

const MAX_WIRE = 16_000_000;
const MAX_REMARKS = 30;
const MAX_LINES = 20_000;

/** The learner's code in an isolate of its own, with time, memory and output limited. Strings go in and out. */
export class Guest {
  /** Calls into the learner's code so far. */
  calls = 0;
  /** What was printed, left unhandled, or used against the advice; the first of each that fit. */
  readonly remarks: Remark[] = [];
  /** All rejections that nobody handled, as `Error: message`. */
  readonly unhandled: string[] = [];
  printedLines = 0;
  stopped: GuestStopped | undefined;

  private readonly isolate: ivm.Isolate;
  private readonly entry: ivm.Reference<(...args: unknown[]) => unknown>;
  private readonly context: ivm.Context;
  private readonly deadline: number;
  private printed = 0;
  private depth = 0;

  constructor(
    private readonly options: GuestOptions,
    answer: Answer,
  ) {
    this.deadline = performance.now() + options.limits.checkMs;
    this.isolate = new ivm.Isolate({ memoryLimit: options.limits.memoryMb });
    this.context = this.isolate.createContextSync();
    const { global } = this.context;
    const host = (op: unknown, id: unknown, name: unknown, wire: unknown) => {
      if (typeof op !== 'string' || typeof id !== 'number' || typeof name !== 'string') return '';
      return this.answer(answer, op, id, name, typeof wire === 'string' ? wire : '');
    };
    global.setSync('__host', new ivm.Callback(host));
    global.setSync('__seed', options.seed);
    this.entry = this.context.evalSync(INSIDE, { filename: 'membrane.js', reference: true }) as typeof this.entry;
  }

  /** Runs the learner's file. What it throws comes out as a stack; loops and floods come out as `GuestStopped`. */
  load(): void {
    const script = this.isolate.compileScriptSync(this.options.code, { filename: SCRIPT });
    this.guard(() => script.runSync(this.context, { timeout: this.timeLeft() }));
  }

  /** @throws GuestStopped now and for ever after a limit was passed */
  cross(op: string, id: number, self: string | boolean, wire: string, watched?: string): string {
    this.calls++;
    return this.peek(op, id, self, wire, watched);
  }

  /** As `cross`, for the judge's own questions. */
  peek(op: string, id: number, self: string | boolean, wire: string, watched?: string): string {
    const reply = this.guard(
      () => this.entry.applySync(undefined, [op, id, self, wire, watched], { timeout: this.timeLeft() }),
      () => this.entry.applySync(undefined, ['reply'], { timeout: this.timeLeft() }),
    );
    if (typeof reply !== 'string' || reply.length > MAX_WIRE) return '[1,["e","RangeError","too much data",""]]';
    return reply;
  }

  cpuUs(): number {
    return Number(this.isolate.cpuTime) / 1000;
  }

  /** Ends the isolate; every later call throws. */
  stop(kind: StopKind, line?: number): GuestStopped {
    this.stopped ??= new GuestStopped(kind, line);
    return this.stopped;
  }

  dispose(): void {
    if (!this.isolate.isDisposed) this.isolate.dispose();
  }

  private guard<T>(enter: () => T, retry?: () => T): T | undefined {
    if (this.stopped !== undefined) throw this.stopped;
    this.depth++;
    try {
      const result = enter();
      if (this.stopped !== undefined) throw this.stopped;
      return result;
    } catch (error) {
      if (this.stopped !== undefined) throw this.stopped;
      return this.recover(error, retry);
    } finally {
      this.depth--;
      if (this.stopped !== undefined && this.depth === 0) this.dispose();
    }
  }

  private recover<T>(error: unknown, retry: (() => T) | undefined): T | undefined {
    const stack = error instanceof Error ? `${error.stack}` : '';
    const message = error instanceof Error ? error.message : '';
    if (this.isolate.isDisposed) throw this.stop('memory-limit');
    if (message.startsWith('Script execution timed out')) throw this.stop('timeout', this.options.lines.find(stack));
    if (retry === undefined) throw error;
    const name = error instanceof Error ? error.name : 'Error';
    const text = `${name}: ${message}`.slice(0, 500);
    this.unhandled.push(text);
    this.remark('unhandled-rejection', text, stack);
    return this.guard(retry);
  }

  private answer(answer: Answer, op: string, id: number, name: string, wire: string): string {
    if (wire.length > MAX_WIRE) return '[1,["e",0,"RangeError","too much data for one call"]]';
    if (op === 'log') return this.log(name, wire);
    if (op === 'used') return this.remark(name === 'random' ? 'random' : 'clock', '', wire);
    return answer(op, id, name, wire);
  }

  private log(text: string, stack: string): string {
    this.printed += text.length + 1;
    this.printedLines++;
    if (this.printed > this.options.limits.outputChars || this.printedLines > MAX_LINES) {
      this.stop('output-limit', this.options.lines.find(stack));
      throw bare('too much output');
    }
    return this.remark('console', text.slice(0, 1000), stack);
  }

  private remark(kind: Remark['kind'], text: string, stack: string): string {
    if (this.remarks.length < MAX_REMARKS) {
      const line = this.options.lines.find(stack);
      this.remarks.push(line === undefined ? { kind, text } : { kind, text, line });
    }
    return '';
  }

  private timeLeft(): number {
    const left = this.deadline - performance.now();
    if (left <= 0) throw this.stop('timeout');
    return Math.ceil(Math.min(left, this.options.limits.callMs));
  }
}

/** An error that tells the learner's side nothing about this one. */
function bare(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
