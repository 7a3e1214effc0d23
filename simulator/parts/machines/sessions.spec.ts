import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sessions } from './sessions.ts';

const TTL_MS = 10;

function clocked() {
  const clock = { ms: 0 };
  return { clock, sessions: new Sessions(() => clock.ms * 1000, TTL_MS) };
}

describe('a session', () => {
  it('is over exactly when its time is, unless it was written or touched', () => {
    const { clock, sessions } = clocked();
    const version = sessions.set('a', 'cart', undefined);
    clock.ms = 9.999;
    expect(sessions.get('a')).toEqual({ value: 'cart', version });
    clock.ms = 10;
    expect(sessions.get('a')).toBeUndefined();
    const renewed = sessions.set('a', 'cart', undefined);
    clock.ms = 15;
    expect(sessions.touch('a')).toBe(true);
    clock.ms = 24.999;
    sessions.get('a');
    expect(sessions.set('a', 'more', renewed)).toBeGreaterThan(renewed!);
    clock.ms = 35;
    expect([sessions.size, sessions.touch('a'), sessions.delete('a')]).toEqual([0, false, false]);
  });

  it('that is renewed keeps no other one alive', () => {
    const { clock, sessions } = clocked();
    sessions.set('a', '1', undefined);
    clock.ms = 1;
    sessions.set('b', '1', undefined);
    clock.ms = 5;
    sessions.touch('a');
    clock.ms = 11;
    expect([sessions.get('b'), sessions.size]).toEqual([undefined, 1]);
  });

  it('is written by whoever read it last, and by nobody who read it before', () => {
    const { sessions } = clocked();
    const first = sessions.set('a', '1', undefined);
    expect(sessions.set('a', '2', undefined)).toBeUndefined();
    const second = sessions.set('a', '2', first);
    expect(sessions.set('a', '3', first)).toBeUndefined();
    expect(sessions.get('a')).toEqual({ value: '2', version: second });
  });

  it('once deleted is not revived by a late write, not even under a new session of its id', () => {
    const { sessions } = clocked();
    const old = sessions.set('a', '1', undefined);
    expect(sessions.delete('a')).toBe(true);
    expect(sessions.set('a', 'late', old)).toBeUndefined();
    sessions.set('a', 'new', undefined);
    expect(sessions.set('a', 'late', old)).toBeUndefined();
    sessions.clear();
    sessions.set('a', 'new', undefined);
    expect(sessions.set('a', 'late', old)).toBeUndefined();
  });

  it('behaves like a list of deadlines, whatever is done', () => {
    const step = fc.record({
      afterMs: fc.constantFrom(0, 1, 4, 10),
      act: fc.constantFrom('get', 'create', 'update', 'stale', 'touch', 'delete', 'clear'),
      id: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { clock, sessions } = clocked();
        const model = new Map<string, { value: string; until: number; version: number | undefined }>();
        steps.forEach(({ afterMs, act, id }, index) => {
          clock.ms += afterMs;
          for (const [known, { until }] of model) if (clock.ms >= until) model.delete(known);
          const row = model.get(id);
          const until = clock.ms + TTL_MS;
          if (act === 'create' || act === 'update') {
            const version = sessions.set(id, String(index), act === 'create' ? undefined : (row?.version ?? -1));
            expect(version !== undefined).toBe((act === 'create') === (row === undefined));
            if (version !== undefined) model.set(id, { value: String(index), until, version });
          } else if (act === 'stale') {
            expect(sessions.set(id, 'stale', -1)).toBeUndefined();
          } else if (act === 'touch') {
            expect(sessions.touch(id)).toBe(row !== undefined);
            if (row) row.until = until;
          } else if (act === 'delete') {
            expect(sessions.delete(id)).toBe(model.delete(id));
          } else if (act === 'clear') {
            sessions.clear();
            model.clear();
          }
          expect(sessions.size).toBe(model.size);
          for (const each of ['a', 'b', 'c']) {
            const known = model.get(each);
            expect(sessions.get(each)).toEqual(known && { value: known.value, version: known.version });
          }
        });
      }),
    );
  });

  it('has a length of life', () => {
    expect(() => new Sessions(() => 0, 0)).toThrow(RangeError);
  });
});
