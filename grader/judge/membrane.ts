import fc from 'fast-check';
import { decode, type Lender } from './decode.ts';
import { encode, type Registrar } from './encode.ts';
import { Guest, type GuestOptions } from './guest.ts';
import { GuestStopped, LearnerError } from './outcome.ts';
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
  private readonly handles = new Map<object, { readonly methods: Set<string>; readonly fields: Set<string> }>();
  private next = 1;

  /** What the learner's side lent to this one. */
  private readonly proxies = new Map<number, WeakRef<object>>();
  private readonly origins = new WeakMap<object, number>();
  private readonly symbols = new Map<symbol, number>();
  private readonly methods = new Map<number, Map<string, Callable | null>>();
  private readonly promises = new Map<number, Deferred>();
  private readonly dropped: number[] = [];
  private readonly registry = new FinalizationRegistry<number>((id) => this.dropped.push(id));

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
      if (error instanceof GuestStopped) throw error;
      throw this.thrownAtLoad(error);
    }
    const exports = this.open(this.guest.peek('exports', 0, '', '["a"]')) as [string, unknown][];
    return Object.fromEntries(exports);
  }

  readonly cpuUs = (): number => this.guest.cpuUs();

  readonly calls = (): number => this.guest.calls;

  readonly raised = (error: unknown): boolean =>
    error instanceof LearnerError || (typeof error === 'object' && error !== null && this.raisedErrors.has(error));

  readonly unhandled = (): readonly string[] => this.guest.unhandled;

  readonly asLeft = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    for (const id of this.inputs.get(value) ?? []) {
      const [changed, now] = this.open(this.guest.peek('left', id, '', '["a"]')) as [boolean, unknown];
      if (changed) return now as T;
    }
    return value;
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
    const id = typeof self === 'object' && self !== null ? this.origins.get(self) : undefined;
    return id === undefined ? '["u"]' : `["H",${id}]`;
  }

  private watch(args: readonly unknown[], wires: readonly Wire[]): string | undefined {
    const ids = args.map((argument, i) => {
      const wire = wires[i];
      if (!Array.isArray(wire) || !WATCHED.has(wire[0])) return 0;
      const id = this.next++;
      const known = this.inputs.get(argument as object);
      if (known === undefined) this.inputs.set(argument as object, [id]);
      else known.push(id);
      return id;
    });
    return ids.some((id) => id !== 0) ? JSON.stringify(ids) : undefined;
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

  private free(): void {
    if (this.dropped.length < 256) return;
    const gone = this.dropped.splice(0).filter((id) => this.proxies.get(id)?.deref() === undefined);
    for (const id of gone) this.proxies.delete(id);
    this.guest.peek('free', 0, '', JSON.stringify(['a', ...gone]));
  }

  /** Answers the learner's side, which may ask for anything: only what was lent is there to be called. */
  private answer(op: string, id: number, name: string, wire: string): string {
    try {
      if (op === 'settle') return this.settle(id, name);
      return JSON.stringify([0, encode(this.serve(op, id, name, wire), this.registrar)]);
    } catch (error) {
      return JSON.stringify([error instanceof Error ? 1 : 2, encode(error, this.registrar)]);
    }
  }

  private serve(op: string, id: number, name: string, wire: string): unknown {
    const target = this.lent.get(id);
    const args = decode(JSON.parse(wire) as Wire, this.lender);
    if (!Array.isArray(args)) throw new MalformedWire('arguments were due');
    if (op === 'call' && typeof target === 'function') return (target as Callable)(...args);
    const handle = this.handles.get(target as object);
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
    this.proxies.set(id, new WeakRef(deferred.promise));
    this.origins.set(deferred.promise, id);
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
    foreign: (value) => this.origins.get(value),
    foreignSymbol: (value) => this.symbols.get(value),
    function: (value) => this.lend(value),
    symbol: (value) => this.lend(value),
    error: (value) => this.lend(value),
    object: (value, methods, fields) => {
      this.handles.set(value, { methods: new Set(methods), fields: new Set(fields) });
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
    function: (id, name, isClass) => this.proxy(id, () => this.functionProxy(id, name, isClass)),
    object: (id, _name, kind) => this.proxy(id, () => this.objectProxy(id, kind)),
    promise: (id) => this.proxies.get(id)?.deref() ?? this.deferred(id).promise,
    symbol: (id, description) => {
      for (const [symbol, known] of this.symbols) if (known === id) return symbol;
      const symbol = Symbol(description);
      this.symbols.set(symbol, id);
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

  private proxy(id: number, make: () => object): object {
    let value = this.proxies.get(id)?.deref();
    if (value === undefined) {
      value = make();
      this.proxies.set(id, new WeakRef(value));
      this.origins.set(value, id);
      this.registry.register(value, id);
    }
    return value;
  }

  private functionProxy(id: number, name: string, isClass: boolean): object {
    const target = function learners() {};
    Object.defineProperty(target, 'name', { value: name });
    return new Proxy(target, {
      apply: (_target, self, args) => this.operate('call', id, self, args),
      construct: (_target, args) => this.operate('construct', id, '', args) as object,
      get: (_target, key) => {
        if (key === 'name') return name;
        if (key === IS_CLASS) return isClass;
        if (key === Symbol.hasInstance) return (value: unknown) => this.operate('isInstance', id, '', [value]) === true;
        if (key === 'call' || key === 'apply' || key === 'bind') return Reflect.get(Function.prototype, key);
        return this.property(id, key);
      },
      set: (_target, key, value) => typeof key === 'string' && this.operate('set', id, key, [value]) === true,
      has: (_target, key) => typeof key === 'string' && this.operate('has', id, key, []) === true,
    });
  }

  private objectProxy(id: number, kind: number): object {
    const keys = () => {
      const list = this.operate('keys', id, '', []);
      return Array.isArray(list) ? [...new Set(list.filter((key) => typeof key === 'string'))] : [];
    };
    return new Proxy(
      {},
      {
        get: (_target, key) => this.method(id, kind, key) ?? this.property(id, key),
        set: (_target, key, value) => typeof key === 'string' && this.operate('set', id, key, [value]) === true,
        has: (_target, key) => typeof key === 'string' && this.operate('has', id, key, []) === true,
        ownKeys: keys,
        getOwnPropertyDescriptor: (_target, key) => {
          if (typeof key !== 'string' || !keys().includes(key)) return undefined;
          return { value: this.property(id, key), writable: true, enumerable: true, configurable: true };
        },
        defineProperty: () => false,
        deleteProperty: () => false,
        setPrototypeOf: () => false,
        preventExtensions: () => false,
      },
    );
  }

  /**
   * A method that all objects of one class have, called by name in one crossing instead of fetched and then called.
   * The name is looked up on the learner's side at the moment of the call, as the language does.
   */
  private method(id: number, kind: number, key: string | symbol): Callable | undefined {
    if (kind === 0 || typeof key !== 'string') return undefined;
    let known = this.methods.get(kind);
    if (known === undefined) {
      known = new Map();
      this.methods.set(kind, known);
    }
    let method = known.get(key);
    if (method === undefined) {
      method = this.operate('isMethod', id, key, []) === true ? this.lateBound(id, key) : null;
      known.set(key, method);
    }
    return method ?? undefined;
  }

  private lateBound(id: number, key: string): Callable {
    const membrane = this;
    const detached = this.property(id, key) as Callable;
    return function (this: unknown, ...args) {
      const self = typeof this === 'object' && this !== null ? membrane.origins.get(this) : undefined;
      return self === undefined ? detached(...args) : membrane.operate('invoke', self, key, args);
    };
  }

  private property(id: number, key: string | symbol): unknown {
    if (typeof key === 'string') return this.operate('get', id, key, []);
    if (key === Symbol.iterator) return this.operate('get', id, '@@iterator', []);
    if (key === Symbol.asyncIterator) return this.operate('get', id, '@@asyncIterator', []);
    return undefined;
  }
}

function makeDeferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<unknown>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as unknown as Pick<Deferred, 'resolve' | 'reject'>) };
}

const WATCHED = new Set<unknown>(['a', 'o', 'O', 'm', 's', 't']);
const IS_CLASS = Symbol('is a class');

/** What an export is, as a suite's `requires` names it; undefined for anything else. */
export function kindOf(value: unknown): 'class' | 'function' | undefined {
  if (typeof value !== 'function') return undefined;
  return (value as unknown as Record<symbol, unknown>)[IS_CLASS] === true ? 'class' : 'function';
}

function keyOf(name: string): PropertyKey {
  return name === '@@iterator' ? Symbol.iterator : name === '@@asyncIterator' ? Symbol.asyncIterator : name;
}
