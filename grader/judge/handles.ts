/** Asks the learner's side to do something with a thing that it lent. */
export type Operate = (op: string, id: number, self: unknown, args: readonly unknown[]) => unknown;

type Callable = (...args: unknown[]) => unknown;

/** Stand-ins on the judge's side for the learner's functions and objects with behaviour. */
export class Handles {
  private readonly proxies = new Map<number, WeakRef<object>>();
  private readonly origins = new WeakMap<object, number>();
  /** By the number of a class: its methods, and which names are none. */
  private readonly methods = new Map<number, Map<string, Callable | null>>();
  private readonly dropped: number[] = [];
  private readonly registry = new FinalizationRegistry<number>((id) => this.dropped.push(id));
  private readonly operate: Operate;

  constructor(operate: Operate) {
    this.operate = operate;
  }

  /** The number under which the learner's side lent this, if it did. */
  originOf(value: unknown): number | undefined {
    return (typeof value === 'object' && value !== null) || typeof value === 'function'
      ? this.origins.get(value)
      : undefined;
  }

  function(id: number, name: string, isClass: boolean): object {
    return this.known(id, () => this.functionProxy(id, name, isClass));
  }

  /** @param kind the same for all objects of one class; 0 where nothing is known of it */
  object(id: number, kind: number): object {
    return this.known(id, () => this.objectProxy(id, kind));
  }

  /** What was made for this number before, if it is still in use. */
  find(id: number): object | undefined {
    return this.proxies.get(id)?.deref();
  }

  keep(id: number, value: object): void {
    this.proxies.set(id, new WeakRef(value));
    this.origins.set(value, id);
  }

  /** Numbers that nobody uses here any more, once there are `many`. */
  takeDropped(many: number): readonly number[] {
    if (this.dropped.length < many) return [];
    const gone = this.dropped.splice(0).filter((id) => this.find(id) === undefined);
    for (const id of gone) this.proxies.delete(id);
    return gone;
  }

  private known(id: number, make: () => object): object {
    let value = this.find(id);
    if (value === undefined) {
      value = make();
      this.keep(id, value);
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
    let listed: ReadonlySet<string> = new Set();
    const keys = () => {
      const list = this.operate('keys', id, '', []);
      listed = new Set<string>(Array.isArray(list) ? list.filter((key) => typeof key === 'string') : []);
      return [...listed];
    };
    return new Proxy(
      {},
      {
        get: (_target, key) => this.method(id, kind, key) ?? this.property(id, key),
        set: (_target, key, value) => typeof key === 'string' && this.operate('set', id, key, [value]) === true,
        has: (_target, key) => typeof key === 'string' && this.operate('has', id, key, []) === true,
        ownKeys: keys,
        getOwnPropertyDescriptor: (_target, key) => {
          if (typeof key !== 'string' || (!listed.has(key) && !keys().includes(key))) return undefined;
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
    const handles = this;
    const detached = this.property(id, key) as Callable;
    return function (this: unknown, ...args) {
      const self = handles.originOf(this);
      return self === undefined ? detached(...args) : handles.operate('invoke', self, key, args);
    };
  }

  private property(id: number, key: string | symbol): unknown {
    if (typeof key === 'string') return this.operate('get', id, key, []);
    if (key === Symbol.iterator) return this.operate('get', id, '@@iterator', []);
    if (key === Symbol.asyncIterator) return this.operate('get', id, '@@asyncIterator', []);
    return undefined;
  }
}

const IS_CLASS = Symbol('is a class');

/** What an export is, as a suite's `requires` names it; undefined for anything else. */
export function kindOf(value: unknown): 'class' | 'function' | undefined {
  if (typeof value !== 'function') return undefined;
  return (value as unknown as Record<symbol, unknown>)[IS_CLASS] === true ? 'class' : 'function';
}
