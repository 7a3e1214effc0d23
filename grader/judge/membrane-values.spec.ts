import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, PROTOTYPES, walk } from './isolate-for-specs.ts';
import { LearnerError } from './outcome.ts';
import { show } from './show.ts';

/* What crosses comes back equal. */
const leaf = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    -0,
    0,
    Number.NaN,
    Infinity,
    -Infinity,
    2 ** 53,
    5e-324,
    '',
    '__proto__',
    '\u2028\0😀',
    '\ud800',
  ),
  fc.double(),
  fc.bigInt(),
  fc.string({ unit: 'binary' }),
  fc.date({ noInvalidDate: false }),
  fc.uint8Array({ maxLength: 4 }),
  fc.float64Array({ maxLength: 4 }),
  fc.bigInt64Array({ maxLength: 3 }),
);
const { tree: data } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.sparseArray(tie('tree'), { maxLength: 5, maxNumElements: 3 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'then', 'toJSON', 'h', 'length')),
      tie('tree'),
    ),
    fc.array(fc.tuple(leaf, tie('tree')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(leaf, { maxLength: 3 }).map((items) => new Set(items)),
  ),
}));

describe('any data', () => {
  const { call, membrane } = load(`
    exports.echo = (value) => value;
    exports.give = (take, value) => take(value);
    exports.take = (give) => give();
    exports.later = async (value) => value;
    exports.fail = (value) => { throw value; };
    exports.mapped = (items, act) => items.map((item) => act(item));
    exports.keys = (value) => new Map([[1, value]]);`);
  const same = (received: unknown, sent: unknown) => {
    deepStrictEqual(received, sent);
    for (const one of walk(received)) {
      if (typeof one === 'object') expect(PROTOTYPES.has(one && Object.getPrototypeOf(one))).toBe(true);
    }
  };

  it('comes back as it was by every way there is', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (value) => {
        same(call('echo', value), value);
        same(call('echo', [{ inner: value }]), [{ inner: value }]);
        same(
          call('take', () => value),
          value,
        );
        same(call('keys', value), new Map([[1, value]]));
        same(await call('later', value), value);
        same(await call('echo', Promise.resolve(value)), value);
        let given: unknown;
        call(
          'give',
          (one: unknown) => {
            given = one;
          },
          value,
        );
        same(given, value);
        same(
          call('mapped', [value, value], (one: unknown) => one),
          [value, value],
        );
      }),
      { seed: 17, numRuns: 300 },
    );
    expect(membrane.changedInput()).toBe(false);
  });

  it('is thrown as it was, and never taken for an error', () => {
    fc.assert(
      fc.property(data, (value) => {
        try {
          call('fail', value);
          expect.unreachable();
        } catch (error) {
          expect(error).toBeInstanceOf(LearnerError);
          same((error as LearnerError).thrown?.value, value);
        }
      }),
      { seed: 18, numRuns: 200 },
    );
  });

  it('that is changed over there is seen to be, wherever the change is', () => {
    const { call, membrane } = load(`
      exports.spoil = (value, way) => {
        let at = value;
        for (const key of way) at = at instanceof Map ? at.get(key) : at[key];
        if (at instanceof Map) at.set('new', 1); else if (at instanceof Set) at.add('new');
        else if (Array.isArray(at)) at.push('new'); else at.new = 1;
      };`);
    const value = { list: [{ deep: new Map([['m', new Set([1])]]) }], other: [1] };
    for (const way of [[], ['list'], ['list', 0], ['list', 0, 'deep'], ['list', 0, 'deep', 'm'], ['other']]) {
      const copy = structuredClone(value);
      call('spoil', copy, way);
      expect(copy).toEqual(value);
      expect(show(membrane.asLeft(copy))).toContain('new');
    }
  });
});

describe('the field of an object with behaviour', () => {
  const options = () => ({ servers: ['b', 'a'], nested: { weights: [2, 1] }, now: () => 0 });

  it('is watched like an argument', () => {
    const { call, membrane } = load('exports.sort = (options) => options.servers.sort();');
    const given = options();
    expect(call('sort', given)).toEqual(['a', 'b']);
    expect(given.servers).toEqual(['b', 'a']);
    expect(membrane.asLeft(given.servers)).toEqual(['a', 'b']);
    expect(membrane.changedInput()).toBe(true);
  });

  it('is left alone by code that only reads it', () => {
    const { call, membrane } = load(
      'exports.read = (options) => [...options.servers].sort().length + options.nested.weights.length;',
    );
    expect(call('read', options())).toBe(4);
    expect(membrane.changedInput()).toBe(false);
  });

  it('is remembered as spoilt when hundreds of other inputs have come since', () => {
    const { call, membrane } = load('exports.sort = (list) => { list.sort(); }; exports.read = (list) => list.length;');
    const list = ['b', 'a'];
    call('sort', list);
    for (let i = 0; i < 1200; i++) call('read', [i]);
    expect(membrane.asLeft(list)).toEqual(['a', 'b']);
    expect(membrane.changedInput()).toBe(true);
  });
});

describe('functions', () => {
  it('nest as deep as callbacks do, both ways', () => {
    const { call } = load(
      'exports.pass = (depth, take) => depth === 0 ? take(0) : take((next) => exports.pass(depth - 1, next));',
    );
    const count = (depth: number): number => {
      let calls = 0;
      const take = (next: unknown): unknown => {
        calls++;
        return typeof next === 'function' ? next(take) : next;
      };
      expect(call('pass', depth, take)).toBe(0);
      return calls;
    };
    expect([0, 1, 5, 20].map(count)).toEqual([1, 2, 6, 21]);
  });

  it('that call each other without end run out of stack, as an error of the learner', () => {
    const { call } = load('exports.again = (f) => f();');
    let calls = 0;
    const f = (): unknown => {
      calls++;
      return call('again', f);
    };
    expect(f).toThrow(expect.objectContaining({ name: 'RangeError', message: 'Maximum call stack size exceeded' }));
    expect(calls).toBeLessThan(100);
    expect(call('again', () => 7)).toBe(7);
  });

  it('come home as themselves out of any container', () => {
    const { call } = load('exports.pack = (f) => [f, { f }, new Map([[f, f]]), new Set([f])];');
    const mine = () => 1;
    expect(call('pack', mine)).toEqual([mine, { f: mine }, new Map([[mine, mine]]), new Set([mine])]);
  });
});

describe('a walk', () => {
  const { call } = load(`
    exports.left = 0;
    exports.naturals = function* () { let n = 0; try { for (;;) yield n++; } finally { exports.left++; } };
    exports.later = async function* () { for (let n = 0; n < 3; n++) yield n; };
    exports.leavings = () => exports.left;
    exports.until = (items) => { for (const item of items) if (item > 3) return item; };
    exports.drop = (items) => { for (const item of items) throw new RangeError('at ' + item); };`);

  it('that does not end can be left, and is told so', () => {
    const seen: number[] = [];
    for (const n of call('naturals') as Iterable<number>) {
      if (n === 4) break;
      seen.push(n);
    }
    expect([seen, call('leavings')]).toEqual([[0, 1, 2, 3], 1]);
  });

  it('of this side is left and told so when theirs throws', () => {
    let closed = 0;
    function* forever() {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        closed++;
      }
    }
    expect(call('until', forever())).toBe(4);
    expect(() => call('drop', forever())).toThrow('at 0');
    expect(closed).toBe(2);
  });

  it('may take its time', async () => {
    const seen: unknown[] = [];
    for await (const n of call('later') as AsyncIterable<number>) seen.push(n);
    expect(seen).toEqual([0, 1, 2]);
  });
});
