import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equal } from './equal.ts';
import { load, PROTOTYPES, walk } from './isolate-for-specs.ts';
import { GuestStopped, LearnerError } from './outcome.ts';
import { show } from './show.ts';

/* Nothing crosses that is not data, however it is dressed. */
/* Values that try to be something else while they are copied. */
const TRICKS: Readonly<Record<string, string>> = {
  'a getter that counts': '{ n: 0, get x() { return this.n++; } }',
  'a getter that throws': "{ get x() { throw new Error('x'); } }",
  'a getter that throws nothing': '{ get x() { throw undefined; } }',
  toJSON: '{ toJSON: () => 1, a: 1 }',
  'a thenable': '{ then: (ok) => ok(1) }',
  'a thenable that settles twice': '{ then(ok, no) { ok(1); no(2); throw 3; } }',
  toPrimitive: '{ [Symbol.toPrimitive]: () => 1 }',
  'a boxed number': 'Object(1)',
  'a boxed symbol': 'Object(Symbol.iterator)',
  'a symbol key': '{ [Symbol("k")]: 1, a: 1 }',
  'a proxy for a list': 'new Proxy([1, 2], {})',
  'a proxy with traps that lie':
    'new Proxy({}, { ownKeys: () => ["a", "a2"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) })',
  'a proxy with traps that throw': 'new Proxy({}, { getPrototypeOf() { throw 1; } })',
  'a proxy of another prototype each time':
    'new Proxy({}, { n: 0, getPrototypeOf() { return this.n++ % 2 ? Map.prototype : Array.prototype; } })',
  'a revoked proxy': '(() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; })()',
  'a map that is none': 'Object.create(Map.prototype)',
  'a set that is none': 'Object.create(Set.prototype)',
  'a date that is none': 'Object.create(Date.prototype)',
  'a promise that is none': 'Object.create(Promise.prototype)',
  'an error that is none': 'Object.create(Error.prototype, { message: { value: 5 }, stack: { get() { throw 1; } } })',
  'a typed array that is none': 'Object.create(Uint8Array.prototype)',
  'a list with a negative idea of its length':
    'new Proxy([], { get: (list, key) => key === "length" ? -1 : list[key] })',
  'a list with no number for its length': 'new Proxy([], { get: (list, key) => key === "length" ? {} : list[key] })',
  'a list of a class of its own': 'Object.assign(new (class extends Array { at() { return 9; } })(), [1, 2])',
  'a map of a class of its own': 'new (class extends Map { get() { return 9; } })([[1, 2]])',
  'a resizable buffer': 'new ArrayBuffer(4, { maxByteLength: 8 })',
  'a detached buffer': '(() => { const b = new Uint8Array(4); b.buffer.transfer(); return b; })()',
  'a view of data': 'new DataView(new ArrayBuffer(4))',
  'a bound function': '(function () { return this; }).bind(1)',
  'a function with a getter for a name': 'Object.defineProperty(() => 1, "name", { get() { throw 1; } })',
  'an async generator': '(async function* () { yield 1; })()',
  'a weak reference': 'new WeakRef({})',
  'a regular expression': '/x/g',
  'the arguments': '(function () { return arguments; })(1, 2)',
  'the global object': 'globalThis',
  'an error with itself for a cause': '(() => { const e = new Error("x"); e.cause = e; e.self = [e]; return e; })()',
  'many errors in one': 'new AggregateError([new Error("a"), 1], "many")',
  'an error with a name that is no text': 'Object.assign(new Error("x"), { name: 5, code: "E" })',
  'a tangle': '(() => { let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; return a; })()',
  'a frozen circle': '(() => { const a = [1]; a.push(a); return Object.freeze(a); })()',
  'a number like a tag': '["H", 1]',
  'a list like an error': '["e", "RangeError", "x", ""]',
};

describe('a trick', () => {
  const names = Object.keys(TRICKS);
  const code = names.map((name) => `${JSON.stringify(name)}: () => (${TRICKS[name]})`).join(',\n');

  it.each(names)('is data, a handle, or an error of the learner, and costs nothing: %s', async (name) => {
    const { call, membrane } = load(`const tricks = { ${code} };
      exports.returns = (name) => tricks[name]();
      exports.throws = (name) => { throw tricks[name](); };
      exports.rejects = async (name) => { throw tricks[name](); };
      exports.gives = (take, name) => take(tricks[name](), [tricks[name]()]);
      exports.fine = () => 1;`);
    const isTheirs = (error: unknown) => error instanceof LearnerError || membrane.raised(error);
    const look = (value: unknown) => {
      for (const one of walk(value)) {
        const isPlain = typeof one !== 'object' || PROTOTYPES.has(one && Object.getPrototypeOf(one));
        expect(isPlain || one instanceof LearnerError).toBe(true);
      }
      expect(show(value).length).toBeLessThan(200);
      expect(equal(value, 41)).toBe(false);
      expect(equal(value, [1, [2]])).toBe(false);
    };
    const attempt = async (act: () => unknown) => {
      try {
        look(await act());
      } catch (error) {
        expect(isTheirs(error), String(error)).toBe(true);
      }
    };
    const before = performance.now();
    await attempt(() => [call('returns', name)]);
    await attempt(() => call('throws', name));
    await attempt(() => call('rejects', name));
    await attempt(() => call('gives', (...values: unknown[]) => values.forEach(look), name));
    expect(call('fine')).toBe(1);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('calls made up inside', () => {
  it('reach nothing that was not lent, and never fail on this side', () => {
    const { call, membrane } = load('exports.keep = (f, o) => { exports.kept = [f, o]; };');
    const inside = membrane as unknown as { answer(op: string, id: number, name: string, wire: string): string };
    let called = 0;
    class Clock {
      readonly lent = 1;
      now() {
        called++;
        return 1;
      }
    }
    call('keep', () => called++, new Clock());
    const wire = fc.oneof(
      fc.json(),
      fc
        .array(
          fc.oneof(
            fc.constantFrom('a', 'o', 'm', 'H', 'E', 'f', 'h', 'p', 'e', 'r', 't', 'n', 'b', 'Y'),
            fc.integer(),
            fc.json(),
          ),
        )
        .map((items) => JSON.stringify(['a', ...items])),
      fc.string(),
    );
    const name = fc.oneof(fc.constantFrom('now', 'lent', 'constructor', '__proto__', 'toString', 'then'), fc.string());
    const op = fc.constantFrom('call', 'method', 'field', 'settle', 'construct', 'get', '');
    fc.assert(
      fc.property(op, fc.integer({ min: -1, max: 6 }), name, wire, (op, id, name, wire) => {
        const reply = inside.answer(op, id, op === 'settle' ? wire : name, wire);
        expect(typeof reply).toBe('string');
        if (reply !== '') expect([0, 1, 2]).toContain((JSON.parse(reply) as unknown[])[0]);
        if (name === 'constructor' || name === '__proto__') expect(reply).not.toMatch(/^\[0,\["[fh]"/);
      }),
      { seed: 4, numRuns: 3000 },
    );
    expect(called).toBeGreaterThan(0);
  });
});

describe('an isolate that tells the time', () => {
  it('does not: every clock in it stands still', () => {
    const { call } = load(`exports.read = () => [Date.now(), new Date().getTime(), Date(), performance.now(),
      new Intl.DateTimeFormat('en', { fractionalSecondDigits: 3 }).format(),
      JSON.stringify(new Intl.DateTimeFormat('en', { second: 'numeric', fractionalSecondDigits: 3 }).formatToParts()),
      new (class extends Date {})().getTime(), Reflect.construct(Date, []).getTime(), new Date(0).constructor.now(),
      typeof Temporal];`);
    const read = () => call('read') as unknown[];
    const first = read();
    const until = performance.now() + 30;
    while (performance.now() < until);
    expect(read()).toEqual(first);
    expect(first.at(-1)).toBe('undefined');
  });

  it('is ended when it was stopped, whoever asks', () => {
    const { call, exports } = load('exports.f = () => { for (;;); }; exports.C = class { g() {} };', { callMs: 200 });
    const thing = new (exports.C as new () => { g(): void })();
    expect(() => call('f')).toThrow(GuestStopped);
    expect(() => thing.g()).toThrow(GuestStopped);
    expect(() => Object.keys(thing)).toThrow(GuestStopped);
  });
});
