import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { Membrane } from './membrane.ts';
import { SourceLines } from './source-line.ts';

function load(code: string, limits = LIMITS) {
  const membrane = new Membrane({
    code: `var __learner = (() => { "use strict"; const exports = {}; ${code}; return exports })()`,
    lines: new SourceLines('{"version":3,"sources":[],"mappings":""}'),
    seed: 1,
    limits,
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests
  return { membrane, exports: membrane.load() as any };
}
describe('membrane', () => {
  it('works', async () => {
    const { exports: e, membrane } = load(`
      exports.id = (x) => x;
      exports.RoundRobin = class RoundRobin { #i = 0; constructor(s) { this.s = s; s.push('zz') } pick() { return this.s[this.#i++ % this.s.length] } get size() { return this.s.length } static make(s) { return new exports.RoundRobin(s) } };
      exports.boom = () => { throw new RangeError('no b') };
      exports.str = () => { throw 'str' };
      exports.later = async (x) => { await null; return x + 1 };
      exports.wait = async (p) => { const v = await p; return v * 2 };
      exports.gen = function* () { yield 1; yield 2 };
      exports.twice = (f, x) => f(f(x));
      exports.adder = (a) => (b) => a + b;
      exports.clock = (c) => c.now() + c.step;
      exports.rej = () => { Promise.reject(new Error('oops')); return 5 };
      exports.iter = (xs) => { let n = 0; for (const x of xs) n += x; return n };
      exports.leak = (e) => { try { e() } catch (x) { return x.message + '|' + x.stack } };
      exports.lease = () => ({ server: 'a', open: true, release() { const was = this.open; this.open = false; return was } });
      exports.env = () => [typeof process, typeof require, typeof setTimeout, typeof WebAssembly, typeof __host, Object.getOwnPropertyNames(globalThis).join()];
    `);
    for (const v of [
      -0,
      NaN,
      undefined,
      null,
      5n,
      -5n,
      'x',
      // biome-ignore lint/suspicious/noSparseArray: holes must cross as holes
      [1, , 2],
      { a: { b: [1n] } },
      new Map([[{ a: 1 }, [1]]]),
      new Set([1, 'a']),
      new Date(5),
      new Date(NaN),
      new Uint8Array([1, 2]),
      new Float64Array([NaN, -0, 1.5]),
      new BigInt64Array([5n]),
      Object.create(null),
    ])
      expect(e.id(v)).toEqual(v);
    const servers = ['a', 'b'];
    const r = new e.RoundRobin(servers);
    expect(r.pick()).toBe('a');
    expect(r.size).toBe(3);
    expect(servers).toEqual(['a', 'b']);
    expect(membrane.asLeft(servers)).toEqual(['a', 'b', 'zz']);
    expect(r instanceof e.RoundRobin).toBe(true);
    expect(e.RoundRobin.make(['q']).pick()).toBe('q');
    expect(() => e.boom()).toThrow(RangeError === undefined ? '' : 'no b');
    expect(() => e.str()).toThrow();
    expect(await e.later(1)).toBe(2);
    expect(await e.wait(Promise.resolve(4))).toBe(8);
    await expect(e.wait(Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect([...e.gen()]).toEqual([1, 2]);
    expect(e.twice((x: number) => x * 3, 2)).toBe(18);
    expect(e.adder(1)(2)).toBe(3);
    expect(e.clock({ step: 4, now: () => 7 })).toBe(11);
    expect(e.rej()).toBe(5);
    expect(membrane.guest.remarks).toEqual([{ kind: 'unhandled-rejection', text: 'Error: oops' }]);
    expect(
      e.iter(
        (function* () {
          yield 3;
          yield 4;
        })(),
      ),
    ).toBe(7);
    const err = new Error('mine');
    console.log(
      e.leak(() => {
        throw err;
      }),
    );
    const l = e.lease();
    expect([l.release(), l.release(), l.server]).toEqual([true, false, 'a']);
    console.log(e.env());
    const t = performance.now();
    for (let i = 0; i < 20000; i++) r.pick();
    console.log('us per pick', (performance.now() - t) / 20);
  });
});
