import ivm from 'isolated-vm';
import { withGarbageCollector } from './garbage.ts';
import { type Enter, loadInside } from './inside.ts';
import type { Limits } from './limits.ts';
import { GuestStopped, LearnerError, NotReadable, type StopKind } from './outcome.ts';
import { pulse } from './pulse.ts';
import { SCRIPT, type SourceLines } from './source-line.ts';

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
/** Calls into the isolate out of calls from it. Each costs a good part of what the stack of a thread holds. */
const MAX_REENTRIES = 60;
/** With less of a processor than this share of the time that passed, it is the machine that was slow. */
const STARVED = 0.5;
const RECENT_MS = 50;

interface Moment {
  readonly cpuUs: number;
  readonly ms: number;
}

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
  private readonly entry: ivm.Reference<Enter>;
  private readonly context: ivm.Context;
  private readonly deadline: number;
  private printed = 0;
  private depth = 0;
  /** Beside the learner's context, in the same heap. */
  private collector: ivm.Context | undefined;
  private metering = false;
  private meteredUs = 0;
  private enteredUs = 0;
  private readonly began: Moment = { ms: performance.now(), cpuUs: threadUs() };
  /** A moment shortly before the call that is going on. */
  private recently = this.began;

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
    this.entry = loadInside(this.isolate, this.context);
  }

  /** @throws NotReadable */
  private compile(): ivm.Script {
    try {
      return this.isolate.compileScriptSync(this.options.code, { filename: SCRIPT });
    } catch (error) {
      const [message = '', place = ''] = `${error instanceof Error ? error.message : error}`.split(
        / (?=\[learner\.js:)/,
      );
      throw new NotReadable(message, this.options.lines.find(place));
    }
  }

  /** Runs the learner's file. What it throws comes out as a stack; loops and floods come out as `GuestStopped`. */
  load(): void {
    const script = this.compile();
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

  /**
   * Time that `work` spends inside the isolate, in microseconds. On the clock: a thread's processor time moves in ticks
   * of up to 4 ms, a thousand times what a call takes. Whoever measures does it several times and takes the least.
   */
  meter(work: () => void): number {
    this.meteredUs = 0;
    this.metering = true;
    try {
      work();
    } finally {
      this.metering = false;
    }
    return this.meteredUs;
  }

  /** Bytes on the isolate's heap and in its buffers, once what nobody needs is gone. */
  heldBytes(): number {
    this.calls++;
    this.collector ??= withGarbageCollector(() => this.isolate.createContextSync());
    for (let times = 0; times < 2; times++) this.collector.evalSync('gc()');
    const { used_heap_size, externally_allocated_size } = this.isolate.getHeapStatisticsSync();
    return used_heap_size + externally_allocated_size;
  }

  /** Ends the isolate; every later call throws. */
  stop(kind: StopKind, line?: number, starved = false): GuestStopped {
    this.stopped ??= new GuestStopped(kind, line, starved);
    return this.stopped;
  }

  dispose(): void {
    if (!this.isolate.isDisposed) this.isolate.dispose();
  }

  private guard<T>(enter: () => T, retry?: () => T): T | undefined {
    if (this.stopped !== undefined) throw this.stopped;
    if (this.depth >= MAX_REENTRIES) throw new LearnerError('RangeError', 'Maximum call stack size exceeded');
    this.depth++;
    const now = performance.now();
    if (now - this.recently.ms > RECENT_MS) this.recently = { ms: now, cpuUs: threadUs() };
    this.enter();
    try {
      const result = enter();
      if (this.stopped !== undefined) throw this.stopped;
      return result;
    } catch (error) {
      if (this.stopped !== undefined) throw this.stopped;
      this.leave();
      return this.recover(error, retry);
    } finally {
      this.leave();
      this.depth--;
      if (this.stopped !== undefined && this.depth === 0) this.dispose();
    }
  }

  private recover<T>(error: unknown, retry: (() => T) | undefined): T | undefined {
    const stack = error instanceof Error ? `${error.stack}` : '';
    const message = error instanceof Error ? error.message : '';
    if (this.isolate.isDisposed) throw this.stop('memory-limit');
    if (message.startsWith('Script execution timed out')) {
      throw this.stop('timeout', this.options.lines.find(stack), wasStarved(this.recently));
    }
    if (retry === undefined) throw error;
    const name = error instanceof Error ? error.name : 'Error';
    const text = `${name}: ${message}`.slice(0, 500);
    this.unhandled.push(text);
    this.remark('unhandled-rejection', text, stack);
    return this.guard(retry);
  }

  private answer(answer: Answer, op: string, id: number, name: string, wire: string): string {
    this.leave();
    try {
      return this.serve(answer, op, id, name, wire);
    } finally {
      this.enter();
    }
  }

  private enter(): void {
    if (this.metering) this.enteredUs = clockUs();
    pulse.enter(this.options.limits.callMs);
  }

  private leave(): void {
    pulse.leave();
    if (!this.metering || this.enteredUs === 0) return;
    this.meteredUs += clockUs() - this.enteredUs;
    this.enteredUs = 0;
  }

  private serve(answer: Answer, op: string, id: number, name: string, wire: string): string {
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
    if (left <= 0) throw this.stop('timeout', undefined, wasStarved(this.began));
    return Math.ceil(Math.min(left, this.options.limits.callMs));
  }
}

/** An error that tells the learner's side nothing about this one. */
function bare(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}

/** Whether less than its share of the time since then went to this thread. */
function wasStarved(since: Moment): boolean {
  return threadUs() - since.cpuUs < STARVED * 1000 * (performance.now() - since.ms);
}

function clockUs(): number {
  return performance.now() * 1000;
}

/** Processor time of this thread, in which the isolate runs as well, in microseconds. */
function threadUs(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
