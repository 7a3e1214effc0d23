import fc from 'fast-check';
import { decode, type Lender } from './decode.ts';
import { encode, type Registrar } from './encode.ts';
import { collectGarbage } from './garbage.ts';
import { Guest, type GuestOptions } from './guest.ts';
import { Handles } from './handles.ts';
import { GuestStopped, LearnerError, NotReadable } from './outcome.ts';
import type { SubjectProbe } from './tools.ts';
import { MalformedWire, type Reply, type Wire } from './wire.ts';

type Callable = (...args: unknown[]) => unknown;

interface Deferred {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The judge's side of the membrane: makes the learner's exports usable as if they had been imported, while only
 * copies of data and numbers of handles pass. See `wire.ts` for the form and `inside.js` for the other side.
 */
export class Membrane implements SubjectProbe {
  readonly guest: Guest;

  /** What this side lent to the learner's, by number. */
  private readonly lent = new Map<number, unknown>();
  private readonly numbers = new Map<unknown, number>();
  private readonly lentObjects = new Map<object, { readonly methods: Set<string>; readonly fields: Set<string> }>();
  private next = 1;

  /** What the learner's side lent to this one. */
  private readonly handles = new Handles((op, id, self, args) => this.operate(op, id, self, args));
  private readonly symbols = new Map<symbol, number>();
  private readonly symbolsById = new Map<number, symbol>();
  private readonly promises = new Map<number, Deferred>();

  /** Numbers of the copies that were made of a value when it was handed in. */
  private readonly inputs = new WeakMap<object, number[]>();
  private readonly raisedErrors = new WeakSet<object>();

  constructor(private readonly options: GuestOptions) {
    this.guest = new Guest(options, (op, id, name, wire) => this.answer(op, id, name, wire));
  }

  /**
   * Runs the learner's file.
   * @returns its exports by name
   * @throws LearnerError when it throws, GuestStopped when it passes a limit
   */
  load(): Readonly<Record<string, unknown>> {
    try {
      this.guest.load();
    } catch (error) {
      if (error instanceof GuestStopped || error instanceof NotReadable) throw error;
      throw this.thrownAtLoad(error);
    }
    const exports = this.open(this.guest.peek('exports', 0, '', '["a"]')) as [string, unknown][];
    return Object.fromEntries(exports);
  }

  readonly meter = (work: () => void): number => this.guest.meter(work);

  readonly retained = async (): Promise<number> => {
    for (let turn = 0; turn < 2; turn++) {
      this.guest.calls++;
      await collectGarbage();
    }
    this.free(1);
    return this.guest.heldBytes();
  };

  readonly calls = (): number => this.guest.calls;

  readonly raised = (error: unknown): boolean =>
    error instanceof LearnerError || (typeof error === 'object' && error !== null && this.raisedErrors.has(error));

  readonly unhandled = (): readonly string[] => this.guest.unhandled;

  readonly asLeft = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    const ids = this.inputs.get(value);
    if (ids === undefined) return value;
    const [changed, now] = this.open(this.guest.peek('left', 0, '', JSON.stringify(['a', ...ids]))) as [boolean, T];
    return changed ? now : value;
  };

  /** Whether the learner's code changed any value that it was given. */
  changedInput(): boolean {
    return (this.open(this.guest.peek('changed', 0, '', '["a"]')) as unknown[]).length > 0;
  }

  private operate(op: string, id: number, self: unknown, args: readonly unknown[]): unknown {
    this.free();
    const [, ...wires] = encode([...args], this.registrar) as readonly Wire[];
    const watched = op === 'call' || op === 'invoke' || op === 'construct' ? this.watch(args, wires) : undefined;
    const owner = op === 'call' ? this.owner(self) : (self as string | boolean);
    return this.open(this.guest.cross(op, id, owner, JSON.stringify(['a', ...wires]), watched));
  }

  /** `this` of a call: an object of the learner's side, else nothing. */
  private owner(self: unknown): string {
    const id = typeof self === 'object' ? this.handles.originOf(self) : undefined;
    return id === undefined ? '["u"]' : `["H",${id}]`;
  }

  private watch(args: readonly unknown[], wires: readonly Wire[]): string | undefined {
    const ids = args.map((argument, i) => this.watchOne(argument, wires[i]) ?? 0);
    return ids.some((id) => id !== 0) ? JSON.stringify(ids) : undefined;
  }

  /** A number for the copy of `value` that is handed in, where it is data that could be changed there. */
  private watchOne(value: unknown, wire: Wire | undefined): number | undefined {
    if (!Array.isArray(wire) || !WATCHED.has(wire[0])) return undefined;
    const id = this.next++;
    const known = this.inputs.get(value as object);
    if (known === undefined) this.inputs.set(value as object, [id]);
    else known.push(id);
    return id;
  }

  /** What a reply says: the value, or the error thrown. */
  private open(text: string): unknown {
    const [kind, value] = this.read(text);
    if (kind === 0) return value;
    throw this.raise(kind, value);
  }

  private read(text: string): [kind: number, value: unknown] {
    try {
      const [kind, wire] = JSON.parse(text) as Reply;
      return [kind, decode(wire, this.lender)];
    } catch (error) {
      if (error instanceof GuestStopped) throw error;
      return [1, new LearnerError('TypeError', 'what came back cannot be read')];
    }
  }

  private raise(kind: number, value: unknown): unknown {
    const error = kind === 1 && value instanceof Error ? value : new LearnerError('Error', '', undefined, { value });
    if (error.message.startsWith('Array buffer allocation failed') && error instanceof LearnerError) {
      return this.guest.stop('memory-limit', error.learnerLine);
    }
    if (fc.PreconditionFailure.isFailure(error)) return new LearnerError('Error', 'not for your code to throw');
    this.raisedErrors.add(error);
    return error;
  }

  private thrownAtLoad(error: unknown): LearnerError {
    if (!(error instanceof Error)) return new LearnerError('Error', String(error));
    return new LearnerError(error.name, error.message, this.options.lines.find(`${error.stack}`));
  }

  private free(many = 256): void {
    const gone = this.handles.takeDropped(many);
    if (gone.length > 0) this.guest.peek('free', 0, '', JSON.stringify(['a', ...gone]));
  }

  /** Answers the learner's side, which may ask for anything: only what was lent is there to be called. */
  private answer(op: string, id: number, name: string, wire: string): string {
    try {
      if (op === 'settle') return this.settle(id, name);
      const value = this.serve(op, id, name, wire);
      const result = encode(value, this.registrar);
      const watched = op === 'field' ? this.watchOne(value, result) : undefined;
      return JSON.stringify(watched === undefined ? [0, result] : [0, result, watched]);
    } catch (error) {
      return JSON.stringify([error instanceof Error ? 1 : 2, encode(error, this.registrar)]);
    }
  }

  private serve(op: string, id: number, name: string, wire: string): unknown {
    const target = this.lent.get(id);
    const args = decode(JSON.parse(wire) as Wire, this.lender);
    if (!Array.isArray(args)) throw new MalformedWire('arguments were due');
    if (op === 'call' && typeof target === 'function') return (target as Callable)(...args);
    const handle = this.lentObjects.get(target as object);
    if (handle === undefined) throw new MalformedWire('nothing of that number');
    if (op === 'method' && handle.methods.has(name)) {
      return ((target as Record<PropertyKey, Callable>)[keyOf(name)] as Callable).apply(target, args);
    }
    if (op === 'field' && handle.fields.has(name)) return (target as Record<string, unknown>)[name];
    throw new MalformedWire('nothing of that name');
  }

  private settle(id: number, reply: string): string {
    const { resolve, reject } = this.deferred(id);
    this.promises.delete(id);
    const [kind, value] = this.read(reply);
    if (kind === 0) resolve(value);
    else reject(this.raise(kind, value));
    return '';
  }

  private deferred(id: number): Deferred {
    const known = this.promises.get(id);
    if (known !== undefined) return known;
    const deferred = makeDeferred();
    deferred.promise.catch(() => undefined);
    this.promises.set(id, deferred);
    this.handles.keep(id, deferred.promise);
    return deferred;
  }

  private lend(value: unknown): number {
    let id = this.numbers.get(value);
    if (id === undefined) {
      id = this.next++;
      this.numbers.set(value, id);
      this.lent.set(id, value);
    }
    return id;
  }

  private readonly registrar: Registrar = {
    foreign: (value) => this.handles.originOf(value),
    foreignSymbol: (value) => this.symbols.get(value),
    function: (value) => this.lend(value),
    symbol: (value) => this.lend(value),
    error: (value) => this.lend(value),
    object: (value, methods, fields) => {
      this.lentObjects.set(value, { methods: new Set(methods), fields: new Set(fields) });
      return this.lend(value);
    },
    promise: (value) => {
      const known = this.numbers.get(value);
      if (known !== undefined) return known;
      const id = this.lend(value);
      value.then(
        (result) => this.settleInside(id, true, result),
        (error) => this.settleInside(id, false, error),
      );
      return id;
    },
  };

  private settleInside(id: number, ok: boolean, value: unknown): void {
    if (this.guest.stopped !== undefined) return;
    try {
      this.operate('settle', id, ok, [value]);
    } catch (error) {
      if (!(error instanceof GuestStopped)) throw error;
    }
  }

  private readonly lender: Lender = {
    function: (id, name, isClass) => this.handles.function(id, name, isClass),
    object: (id, _name, kind) => this.handles.object(id, kind),
    promise: (id) => this.handles.find(id) ?? this.deferred(id).promise,
    symbol: (id, description) => {
      const known = this.symbolsById.get(id);
      if (known !== undefined) return known;
      const symbol = Symbol(description);
      this.symbols.set(symbol, id);
      this.symbolsById.set(id, symbol);
      return symbol;
    },
    home: (id) => {
      if (!this.lent.has(id)) throw new MalformedWire('nothing of that number');
      return this.lent.get(id);
    },
    error: (name, message, stack, fields) => {
      const error = new LearnerError(name, message, this.options.lines.find(stack));
      for (const [key, value] of fields) {
        if (!(key in error)) Object.defineProperty(error, key, { value, enumerable: true, configurable: true });
      }
      return error;
    },
  };
}

function makeDeferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<unknown>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as unknown as Pick<Deferred, 'resolve' | 'reject'>) };
}

const WATCHED = new Set<unknown>(['a', 'o', 'O', 'm', 's', 't']);

function keyOf(name: string): PropertyKey {
  return name === '@@iterator' ? Symbol.iterator : name === '@@asyncIterator' ? Symbol.asyncIterator : name;
}
