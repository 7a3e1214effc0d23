import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import type { SessionStorePlan, StoreAnswer } from './session-store.ts';
import { SessionStore } from './session-store.ts';
import { Sessions } from './sessions.ts';

const REACH = 0;
const BACK = 1;
const THEN = 2;

const PLAN: SessionStorePlan = { oneWayMs: 0.25, operationMs: 0.2, ttlMs: 60_000, durable: true };

/** A store and things to do with it at moments, in ms. */
function world(plan: Partial<SessionStorePlan> = {}) {
  const kernel = new Kernel();
  const store = new SessionStore(kernel, { ...PLAN, ...plan }, { reach: REACH, back: BACK });
  const acts: (() => void)[] = [];
  const at = (ms: number, act: () => void): void => {
    kernel.at(Math.round(ms * 1000), THEN, acts.push(act) - 1);
  };
  const run = (): void => {
    kernel.run(60_000_000, (kind, a) => {
      if (kind === REACH) store.reach(a);
      else if (kind === BACK) store.back(a);
      else acts[a]!();
      return undefined;
    });
  };
  return { store, at, run, nowMs: () => kernel.nowUs / 1000 };
}

describe('a shared session store', () => {
  it('answers after two ways and an operation, as it was when the call reached it', () => {
    const { store, at, run, nowMs } = world();
    const seen: unknown[] = [];
    const note = (what: StoreAnswer<unknown>) => seen.push([nowMs(), what]);
    at(0, () => store.call((sessions) => sessions.set('a', 'cart', undefined), note));
    at(0.1, () => store.call((sessions) => sessions.get('a')?.value, note));
    at(0.4, () => store.sessions.delete('a'));
    run();
    expect(seen).toEqual([
      [0.7, { ok: true, value: 1 }],
      [0.8, { ok: true, value: 'cart' }],
    ]);
  });

  it('refuses while it is down, one way after the call has reached it, and still answers what it had done', () => {
    const { store, at, run, nowMs } = world();
    const seen: unknown[] = [];
    for (const ms of [0, 9.8, 10, 19.7, 19.8]) {
      at(ms, () =>
        store.call(
          (sessions) => sessions.size,
          ({ ok }) => seen.push([ms, nowMs(), ok]),
        ),
      );
    }
    at(0.3, () => store.kill());
    at(0.4, () => store.revive());
    at(10, () => store.kill());
    at(20, () => store.revive());
    run();
    expect(seen).toEqual([
      [0, 0.7, true],
      [9.8, 10.3, false],
      [10, 10.5, false],
      [19.7, 20.2, false],
      [19.8, 20.5, true],
    ]);
    expect(store.up).toBe(true);
  });

  it('that is durable logs nobody out when it dies; one in memory logs everybody out; a server’s own, its users', () => {
    const left = (durable: boolean): number => {
      const { store, at, run } = world({ durable });
      for (let user = 0; user < 40; user++)
        at(user, () =>
          store.call(
            (s) => s.set(`${user}`, 'in', undefined),
            () => {},
          ),
        );
      at(100, () => store.kill());
      at(103, () => store.revive());
      run();
      return store.sessions.size;
    };
    expect([left(true), left(false)]).toEqual([40, 0]);
    const servers = [0, 1, 2, 3].map(() => new Sessions(() => 0, 1_000));
    for (let user = 0; user < 40; user++) servers[user % 4]!.set(`${user}`, 'in', undefined);
    servers[1]!.clear();
    expect(servers.map(({ size }) => size)).toEqual([10, 0, 10, 10]);
  });

  it('settles every call once, whatever happens to it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3_000), fc.constantFrom('call', 'call', 'call', 'kill', 'revive')), { maxLength: 60 }),
        (steps) => {
          const { store, at, run } = world();
          const settled: number[] = [];
          let called = 0;
          for (const [us, what] of steps) {
            at(us / 1000, () => {
              if (what === 'kill') store.kill();
              else if (what === 'revive') store.revive();
              else {
                const number = called++;
                store.call(
                  () => number,
                  () => settled.push(number),
                );
              }
              expect(store.open + settled.length).toBe(called);
            });
          }
          run();
          expect(store.open).toBe(0);
          expect([...settled].sort((one, other) => one - other)).toEqual([...Array(called).keys()]);
        },
      ),
    );
  });

  it('loses no update of two tabs that write only what they have read, and many of two that just write', () => {
    const items = (checked: boolean): { acknowledged: number; kept: number } => {
      const { store, at, run, nowMs } = world();
      let acknowledged = 0;
      const put = (item: number): void =>
        store.call(
          (sessions) => sessions.get('cart'),
          (read) => {
            const row = read.ok ? read.value : undefined;
            const value = `${row?.value ?? ''}${item},`;
            at(nowMs() + 5, () =>
              store.call(
                (sessions) => sessions.set('cart', value, checked ? row?.version : sessions.get('cart')?.version),
                (written) => {
                  if (written.ok && written.value !== undefined) acknowledged++;
                  else put(item);
                },
              ),
            );
          },
        );
      for (let item = 0; item < 100; item++) at(item * 2.5, () => put(item));
      run();
      return { acknowledged, kept: store.sessions.get('cart')!.value.split(',').length - 1 };
    };
    expect(items(true)).toEqual({ acknowledged: 100, kept: 100 });
    const unchecked = items(false);
    expect(unchecked.acknowledged).toBe(100);
    expect(unchecked.kept).toBeLessThan(60);
  });
});
