import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load as loadInto } from './isolate-for-specs.ts';
import type { Limits } from './limits.ts';
import type { Membrane } from './membrane.ts';
import { GuestStopped, LearnerError } from './outcome.ts';

type Loose = Record<string, (...args: unknown[]) => unknown>;

function load(code: string, limits: Partial<Limits> = {}): { exports: Loose; membrane: Membrane } {
  const { exports, membrane } = loadInto(code, limits);
  return { exports: exports as Loose, membrane };
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const data = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: false,
  withNullPrototype: true,
});

describe('data', () => {
  const { exports } = load('exports.echo = (value) => value; exports.wrap = (value) => ({ inner: [value] });');

  it('comes back equal, whatever it is', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(exports.echo?.(value)).toEqual(value);
        expect(exports.wrap?.(value)).toEqual({ inner: [value] });
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  it('keeps -0, NaN, undefined, holes, and null prototypes', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    const value = exports.echo?.([-0, Number.NaN, undefined, , Object.create(null)]) as unknown[];
    expect(Object.is(value[0], -0)).toBe(true);
    expect(value[1]).toBeNaN();
    expect([2 in value, 3 in value]).toEqual([true, false]);
    expect(Object.getPrototypeOf(value[4])).toBe(null);
  });

  it('keeps what is shared and what is circular', () => {
    const shared = { n: 1 };
    const loop: unknown[] = [shared, shared];
    loop.push(loop);
    const back = exports.echo?.(loop) as unknown[];
    expect(back[0]).toBe(back[1]);
    expect(back[2]).toBe(back);
  });

  it('with a key named __proto__ gets no prototype from it', () => {
    const value = exports.echo?.(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__']);
  });

  it('is copied: nothing done to it there is seen here, except by asking', () => {
    const { exports, membrane } = load('exports.spoil = (list) => { list.push(9); list[0].deep = true; };');
    const list = [{}];
    exports.spoil?.(list);
    expect(list).toEqual([{}]);
    expect(membrane.asLeft(list)).toEqual([{ deep: true }, 9]);
    expect(membrane.changedInput()).toBe(true);
  });

  it('is made of objects of this side', () => {
    for (const value of [[], {}, new Map(), new Set(), new Date(0), new Uint8Array(1)]) {
      expect(Object.getPrototypeOf(exports.echo?.(value))).toBe(Object.getPrototypeOf(value));
    }
  });

  it('that is too much for one call is refused', () => {
    const { exports } = load(`
      exports.wide = () => Array(300_000).fill(0);
      exports.long = () => 'x'.repeat(5_000_000);
      exports.deep = () => { let deep = []; for (let i = 0; i < 9999; i++) deep = [deep]; return deep; };`);
    for (const name of ['wide', 'long', 'deep']) expect(thrownBy(() => exports[name]?.())).toBeInstanceOf(LearnerError);
  });
});

describe('functions', () => {
  const { exports } = load(`
    exports.twice = (f, x) => f(f(x));
    exports.adder = (a) => (b) => a + b;
    exports.relay = (take) => take((give) => give(5));
    exports.same = (f, g) => f === g;
    exports.self = (f) => f;`);

  it('go both ways, and through each other', () => {
    expect(exports.twice?.((x: number) => x * 3, 2)).toBe(18);
    const addOne = exports.adder?.(1) as (b: number) => number;
    expect(addOne(2)).toBe(3);
    expect(exports.relay?.((callback: (give: (n: number) => number) => number) => callback((n) => n * 2) + 1)).toBe(11);
  });

  it('stay the same function on their way', () => {
    const mine = () => 1;
    expect(exports.same?.(mine, mine)).toBe(true);
    expect(exports.self?.(mine)).toBe(mine);
    expect(exports.adder).toBe(exports.adder);
  });

  it('of this side bring back what they throw, the very same error', () => {
    const error = new RangeError('mine');
    const thrown = thrownBy(() =>
      exports.twice?.(() => {
        throw error;
      }, 1),
    );
    expect(thrown).toBe(error);
  });

  it('of this side are all that can be called: no constructor, no prototype, no way on', () => {
    const { exports } = load(`
      exports.look = (f, o) => [typeof f.constructor('return typeof process')(), f.constructor('return typeof process')(),
        o.constructor.constructor('return typeof process')(), Object.getOwnPropertyNames(o).join()];`);
    class Clock {
      secret = 'field';
      now() {
        return 1;
      }
    }
    expect(exports.look?.(() => 1, new Clock())).toEqual(['string', 'undefined', 'undefined', 'now,secret']);
  });
});

describe('objects with behaviour', () => {
  const { exports } = load(`
    exports.Stack = class Stack {
      #items = [];
      static of(...items) { const stack = new exports.Stack(); for (const item of items) stack.push(item); return stack; }
      push(item) { this.#items.push(item); return this; }
      get size() { return this.#items.length; }
      *[Symbol.iterator]() { yield* this.#items; }
    };
    exports.Cache = class extends Map { hit(key) { return this.has(key); } };
    exports.lease = () => ({ open: true, release() { const was = this.open; this.open = false; return was; } });
    exports.read = (clock) => [clock.now(), clock.step, clock.now()];
    exports.sum = (items) => { let sum = 0; for (const item of items) sum += item; return sum; };
    exports.isStack = (value) => value instanceof exports.Stack;`);
  const Stack = exports.Stack as unknown as {
    new (): { push(item: unknown): unknown; size: number } & Iterable<unknown>;
    of(...items: unknown[]): { size: number } & Iterable<unknown>;
  };

  it('keep their state on their own side', () => {
    const stack = new Stack();
    expect(stack.push(1)).toBe(stack);
    expect([stack.size, stack instanceof Stack, exports.isStack?.(stack)]).toEqual([1, true, true]);
    expect([...Stack.of(1, 2)]).toEqual([1, 2]);
  });

  it('may be plain ones with methods, or extend a built-in', () => {
    const lease = exports.lease?.() as { release(): boolean; open: boolean };
    expect([lease.release(), lease.release(), lease.open, Object.keys(lease)]).toEqual([
      true,
      false,
      false,
      ['open', 'release'],
    ]);
    const cache = new (exports.Cache as unknown as new () => Map<string, number> & { hit(key: string): boolean })();
    cache.set('a', 1);
    expect([cache.hit('a'), cache.get('a'), cache.size]).toEqual([true, 1, 1]);
  });

  it('of this side are read live and called on themselves', () => {
    const clock = {
      ms: 0,
      step: 5,
      now() {
        this.ms += this.step;
        return this.ms;
      },
    };
    expect(exports.read?.(clock)).toEqual([5, 5, 10]);
  });

  it('can be walked through from both sides', () => {
    function* three() {
      yield 1;
      yield 2;
    }
    expect(exports.sum?.(three())).toBe(3);
  });
});

describe('promises', () => {
  const { exports, membrane } = load(`
    exports.later = async (value) => { await null; return value; };
    exports.fails = async () => { throw new RangeError('down'); };
    exports.waits = async (promise) => [await promise];
    exports.careless = () => { Promise.reject(new Error('oops')); return 5; };
    exports.steps = async (load) => { const a = await load(1); const b = await load(2); return [a, b]; };`);

  it('go both ways, kept or broken', async () => {
    expect(await exports.later?.(1)).toBe(1);
    await expect(exports.fails?.()).rejects.toMatchObject({ name: 'RangeError', message: 'down' });
    expect(await exports.waits?.(Promise.resolve(4))).toEqual([4]);
    await expect(exports.waits?.(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('follow the order that a scheduler gives them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const order: string[] = [];
        const slow = (name: string) => scheduler.scheduleFunction(async (n: unknown) => order.push(`${name}${n}`));
        const both = Promise.all([exports.steps?.(slow('a')), exports.steps?.(slow('b'))]);
        await scheduler.waitFor(both);
        expect(order.filter((step) => step.startsWith('a'))).toEqual(['a1', 'a2']);
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  it('that nobody handles are told, and cost no result', () => {
    expect(exports.careless?.()).toBe(5);
    expect(membrane.guest.remarks).toContainEqual({ kind: 'unhandled-rejection', text: 'Error: oops' });
    expect(membrane.unhandled()).toEqual(['Error: oops']);
  });
});

describe('what is thrown', () => {
  const { exports } = load(`
    class Busy extends Error { name = 'Busy'; retryAfterMs = 5; }
    exports.busy = () => { throw new Busy('later'); };
    exports.text = () => { throw 'text'; };
    exports.nothing = () => { throw undefined; };
    exports.shifty = () => { throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } }); };
    exports.revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy; };
    exports.skip = () => { const e = new Error('x'); e[Symbol.for('fast-check/PreconditionFailure')] = true; throw e; };
    exports.pass = (act) => { try { act(); } catch (error) { return error.message; } };`);

  it('keeps its name, message and fields', () => {
    expect(thrownBy(() => exports.busy?.())).toMatchObject({ name: 'Busy', message: 'later', retryAfterMs: 5 });
    expect(thrownBy(() => exports.text?.())).toMatchObject({ thrown: { value: 'text' } });
    expect(thrownBy(() => exports.nothing?.())).toMatchObject({ thrown: { value: undefined } });
  });

  it('is an error of this side however it misbehaves, and no signal to fast-check', () => {
    for (const name of ['shifty', 'revoked', 'skip']) {
      const error = thrownBy(() => exports[name]?.());
      expect(error).toBeInstanceOf(LearnerError);
      expect(fc.PreconditionFailure.isFailure(error)).toBe(false);
    }
  });

  it('cannot be a skipped value of this side that was caught and thrown again', () => {
    const { exports } = load('exports.again = (act) => act();');
    expect(fc.PreconditionFailure.isFailure(thrownBy(() => exports.again?.(() => fc.pre(false))))).toBe(false);
  });
});

describe('a limit', () => {
  it.each([
    ['time', 'timeout', 'exports.f = () => { while (true) {} };'],
    ['time in promise jobs', 'timeout', 'exports.f = () => { const f = () => { Promise.resolve().then(f); }; f(); };'],
    ['output', 'output-limit', "exports.f = () => { while (true) console.log('x'.repeat(1000)); };"],
  ])('of %s stops the isolate for good', (_name, kind, code) => {
    const { exports } = load(code, { callMs: 300 });
    const thrown = thrownBy(() => exports.f?.());
    expect(thrown).toBeInstanceOf(GuestStopped);
    expect(thrown).toMatchObject({ kind });
    expect(thrownBy(() => exports.f?.())).toBe(thrown);
  });
});

describe('what stands around the code', () => {
  it('is the language and a console, and nothing of a machine', () => {
    const { exports } = load('exports.names = () => Object.getOwnPropertyNames(globalThis);');
    const names = exports.names?.() as string[];
    for (const name of ['process', 'require', 'fetch', 'setTimeout', 'WebAssembly', 'SharedArrayBuffer', '__host']) {
      expect(names).not.toContain(name);
    }
    expect(names).toContain('console');
  });

  it('has a clock that stands still and chance that can be replayed', () => {
    const code = 'exports.draw = () => [Math.random(), Date.now(), new Date().getTime()];';
    const [one, two] = [load(code), load(code)];
    expect(one.exports.draw?.()).toEqual(two.exports.draw?.());
    expect(one.membrane.guest.remarks.map(({ kind }) => kind)).toEqual(['random', 'clock']);
  });
});

describe('messages made up inside', () => {
  const values = fc.oneof(
    fc.json(),
    fc.array(
      fc.oneof(fc.constantFrom('a', 'o', 'm', 'd', 't', 'r', 'H', 'E', 'f', 'h', 'p', 'e', 'n', 'b'), fc.nat(9)),
    ),
  );

  it('never do more than come out as values or as errors of the learner', () => {
    const { exports, membrane } = load('exports.f = () => 1;');
    const cross = membrane.guest.cross.bind(membrane.guest);
    fc.assert(
      fc.property(values, (value) => {
        const wire = typeof value === 'string' ? value : JSON.stringify([0, value]);
        membrane.guest.cross = () => wire;
        try {
          exports.f?.();
        } catch (error) {
          expect(error).toBeInstanceOf(LearnerError);
        }
      }),
      { seed: 9, numRuns: 500 },
    );
    membrane.guest.cross = cross;
    expect(exports.f?.()).toBe(1);
  });
});
