import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel.ts';
import { VisitRecorder } from '../../recorder.ts';
import { Server } from '../machines/server.ts';
import type { DataCentresPlan } from './data-centres.ts';
import { DataCentres } from './data-centres.ts';

/** The course's world, and users near three of its places. */
const WORLD: DataCentresPlan = {
  centres: ['seoul', 'virginia', 'frankfurt'],
  users: [
    { id: 'users in Seoul', at: 'seoul', accessMs: 10 },
    { id: 'users in Tokyo', at: 'tokyo', accessMs: 10 },
  ],
  oneWayMs: {
    seoul: { tokyo: 17, virginia: 90, frankfurt: 120 },
    virginia: { frankfurt: 45, tokyo: 80 },
    frankfurt: { tokyo: 125 },
  },
};
const CENTRES = ['seoul', 'virginia', 'frankfurt'];
const EVERYBODY = [...CENTRES, 'users in Seoul', 'users in Tokyo'];
const world = (changes: Partial<DataCentresPlan> = {}) => new DataCentres({ ...WORLD, ...changes }, 1);

const machine = () => {
  const told: string[] = [];
  return { told, kill: () => told.push('kill'), revive: () => told.push('revive') };
};

describe('distances', () => {
  it('are those of the table in both directions, with the access network of users on top', () => {
    const centres = world();
    expect(centres.oneWayMs('seoul', 'virginia')).toBe(90);
    expect(centres.oneWayMs('virginia', 'seoul')).toBe(90);
    expect(centres.oneWayMs('users in Tokyo', 'seoul')).toBe(27);
    expect(centres.oneWayMs('users in Seoul', 'seoul')).toBe(10.25);
    expect(centres.oneWayMs('seoul', 'seoul')).toBe(0.25);
    expect(world({ insideMs: 1 }).oneWayMs('seoul', 'seoul')).toBe(1);
  });

  it('make a round trip of both ways, which need not be alike', () => {
    const oneWayMs = { ...WORLD.oneWayMs, virginia: { ...WORLD.oneWayMs.virginia, seoul: 97 } };
    expect(world().roundTripMs('users in Seoul', 'virginia')).toBe(200);
    expect(world({ oneWayMs }).roundTripMs('users in Seoul', 'virginia')).toBe(207);
    expect(world({ oneWayMs }).roundTripMs('virginia', 'users in Seoul')).toBe(207);
  });

  it('may be shorter by a detour, as on the internet', () => {
    const oneWayMs = { ...WORLD.oneWayMs, seoul: { tokyo: 17, virginia: 90, frankfurt: 150 } };
    const centres = world({ oneWayMs });
    const detour = centres.oneWayMs('seoul', 'virginia') + centres.oneWayMs('virginia', 'frankfurt');
    expect(centres.oneWayMs('seoul', 'frankfurt')).toBeGreaterThan(detour);
  });

  it('name the nearest centre by time, among those in operation', () => {
    const centres = world();
    expect(centres.nearest('users in Tokyo')).toBe('seoul');
    centres.lose('seoul');
    expect(centres.nearest('users in Seoul')).toBe('virginia');
    centres.lose('virginia');
    centres.lose('frankfurt');
    expect(centres.nearest('users in Seoul')).toBeUndefined();
  });

  it('are refused where they are missing or below 0, and so are names that stand for two or nobody', () => {
    const { tokyo: _, ...virginia } = WORLD.oneWayMs.virginia!;
    expect(() => world({ oneWayMs: { ...WORLD.oneWayMs, virginia } })).toThrow(/virginia and users|tokyo/);
    expect(() => world({ oneWayMs: { ...WORLD.oneWayMs, virginia: { ...virginia, tokyo: -1 } } })).toThrow(/below 0/);
    expect(() => world({ users: [{ id: 'seoul', at: 'tokyo', accessMs: 10 }] })).toThrow(/two called seoul/);
    expect(() => world({ users: [{ id: 'users', at: 'tokyo', accessMs: -1 }] })).toThrow(/accessMs/);
    expect(() => world().oneWayMs('seoul', 'busan')).toThrow(/busan/);
    expect(() => world().lose('users in Seoul')).toThrow(/centre/);
    expect(() => world().cut('seoul', 'seoul')).toThrow(/itself/);
  });
});

describe('connections', () => {
  it('take the time of their direction', () => {
    const oneWayMs = { ...WORLD.oneWayMs, virginia: { ...WORLD.oneWayMs.virginia, seoul: 97 } };
    const centres = world({ oneWayMs });
    expect(centres.connect('seoul', 'virginia', 'log').send()).toBe(90_000);
    expect(centres.connect('virginia', 'seoul', 'log').send()).toBe(97_000);
  });

  it('lose what they lose by themselves, whatever other conversations there are', () => {
    const lossy = (others: number) => {
      const centres = world();
      for (let other = 0; other < others; other++) {
        const link = centres.connect('seoul', 'virginia', `other ${other}`, 0.5);
        for (let message = 0; message < 10 * other; message++) link.send();
      }
      const link = centres.connect('seoul', 'virginia', 'log', 0.5);
      return Array.from({ length: 200 }, () => link.send());
    };
    expect(lossy(3)).toEqual(lossy(0));
    const centres = world();
    const losses = ['log', 'page'].flatMap((name) =>
      ['virginia', 'frankfurt'].map((to) => {
        const link = centres.connect('seoul', to, name, 0.5);
        return Array.from({ length: 64 }, () => (link.send() === undefined ? 0 : 1)).join('');
      }),
    );
    expect(new Set(losses).size).toBe(4);
  });

  it('can each be made to lag', () => {
    const centres = world();
    const link = centres.connect('seoul', 'virginia', 'log');
    for (const each of centres.links('seoul', 'virginia')) each.lag(30);
    centres.cut('seoul', 'frankfurt');
    expect(link.send()).toBe(120_000);
    expect(centres.links('virginia', 'seoul')).toEqual([]);
  });
});

describe('a lost region', () => {
  it('takes all its machines down and back up, and no others', () => {
    const centres = world();
    const [here, there, late] = [machine(), machine(), machine()];
    centres.place('seoul', here);
    centres.place('virginia', there);
    centres.lose('seoul');
    centres.lose('seoul');
    centres.place('seoul', late);
    expect([here.told, there.told, late.told]).toEqual([['kill'], [], ['kill']]);
    centres.restore('seoul');
    centres.restore('seoul');
    expect([here.told, there.told, late.told]).toEqual([['kill', 'revive'], [], ['kill', 'revive']]);
  });

  it('takes servers as they are', () => {
    const kernel = new Kernel();
    const centres = world();
    const server = new Server(
      kernel,
      new VisitRecorder(1),
      { id: 's', cores: 1 },
      { finish: 0, base: 0, costUs: () => 1, left: () => {} },
    );
    centres.place('seoul', server);
    centres.lose('seoul');
    expect(server.state).toBe('down');
    centres.restore('seoul');
    expect(server.state).toBe('up');
  });

  it('leaves the people who live there, who reach the other centres', () => {
    const centres = world();
    const away = centres.connect('users in Seoul', 'virginia', 'page');
    const home = centres.connect('users in Seoul', 'seoul', 'page');
    centres.lose('seoul');
    expect([away.send(), home.send()]).toEqual([100_000, undefined]);
  });
});

type Deed = { readonly do: 'lose' | 'restore' | 'cut' | 'heal'; readonly of: number; readonly and: number };

const deed: fc.Arbitrary<Deed> = fc
  .record({ do: fc.constantFrom('lose', 'restore', 'cut', 'heal'), of: fc.nat(2), by: fc.integer({ min: 1, max: 2 }) })
  .map(({ do: what, of, by }) => ({ do: what, of, and: (of + by) % 3 }));

it('a message passes exactly when both ends are up and no partition lies between, whatever happened before', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), fc.nat(20), (deeds, connectAfter) => {
      const centres = world();
      const links: { from: string; to: string; send: () => number | undefined }[] = [];
      const connectAll = (): void => {
        for (const from of EVERYBODY) {
          for (const to of EVERYBODY) {
            const link = centres.connect(from, to, 'page');
            links.push({ from, to, send: () => link.send() });
          }
        }
      };
      const lost = new Set<string>();
      const cut = new Set<string>();
      deeds.forEach(({ do: what, of, and }, index) => {
        if (index === connectAfter) connectAll();
        const [centre, other] = [CENTRES[of]!, CENTRES[and]!];
        const pair = [centre, other].sort().join();
        if (what === 'lose') lost.add(centre);
        else if (what === 'restore') lost.delete(centre);
        else if (what === 'cut') cut.add(pair);
        else cut.delete(pair);
        if (what === 'lose' || what === 'restore') centres[what](centre);
        else centres[what](centre, other);
        for (const { from, to, send } of links) {
          const silent = lost.has(from) || lost.has(to) || cut.has([from, to].sort().join());
          expect(send()).toBe(silent ? undefined : Math.round(centres.oneWayMs(from, to) * 1000));
        }
        for (const each of CENTRES) expect(centres.isUp(each)).toBe(!lost.has(each));
      });
    }),
    { numRuns: 200 },
  );
});
