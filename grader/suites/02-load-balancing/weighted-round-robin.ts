import fc from 'fast-check';
import type { WeightedRotation, WeightedRotationClass } from '../../../exercises/02-load-balancing/contract.ts';
import { scene as slowServer } from '../../../lessons/02-load-balancing/scenes/slow-server.ts';
import { sample, shareOver } from '../../../simulator/measures.ts';
import { SLOW_MS } from '../../../simulator/web-measures.ts';
import type { Story, Suite } from '../../suite.ts';
import { expectOneOf, firstServers } from './rotation-model.ts';

interface Exports {
  readonly WeightedRoundRobin: WeightedRotationClass;
}

const weights = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 5 });
const someWeight = weights.filter((all) => all.some((weight) => weight > 0));
/** Weights under which the usual shortcuts get a server a full pick ahead. */
const TELLING = [
  [2, 2],
  [4, 1, 1],
  [1, 1, 4],
  [5, 1, 1],
];
const sum = (all: readonly number[]) => all.reduce((total, weight) => total + weight, 0);

/** A learner's rotation and how often each server was picked. */
class Watched {
  readonly servers: readonly string[];
  readonly weights: number[];
  readonly counts: Record<string, number>;
  picks = 0;
  private readonly rotation: WeightedRotation;

  constructor(
    WeightedRoundRobin: WeightedRotationClass,
    weights: readonly number[],
    private readonly story: Story,
    private readonly name = '',
  ) {
    this.servers = firstServers(weights.length);
    this.weights = [...weights];
    this.counts = Object.fromEntries(this.servers.map((server) => [server, 0]));
    const given = this.servers.map((server, i) => `${server}:${weights[i]}`);
    story.given({ en: `${name}weights`, ko: `${name}가중치` }, given);
    this.rotation = new WeightedRoundRobin(this.servers.map((server, i) => ({ server, weight: weights[i]! })));
  }

  /** A pick must be a server with a weight above 0, or an error when there is none. */
  pick(): string {
    const { story } = this;
    const allowed = this.servers.filter((_, i) => this.weights[i]! > 0);
    if (allowed.length === 0) {
      story.throws(`${this.name}pick`, [], () => this.rotation.pick(), 'Error');
      return '';
    }
    const server = story.call(`${this.name}pick`, [], () => this.rotation.pick());
    expectOneOf(story, server, allowed);
    this.counts[server]! += 1;
    this.picks += 1;
    return server;
  }

  /** Many picks that are told as one. */
  pickMany(times: number): void {
    const counts = this.story.call(`pick × ${times}`, [], () => {
      const met: Record<string, number> = {};
      for (let pick = 0; pick < times; pick++) {
        const server = this.rotation.pick();
        met[server] = (met[server] ?? 0) + 1;
      }
      return met;
    });
    for (const server of this.servers) this.counts[server]! += counts[server] ?? 0;
    this.picks += times;
  }

  /** Many picks, the first server's weight going up and down before each of them; told as one. */
  pickWhileSwinging(times: number, swing: readonly [number, number]): Record<string, number> {
    const first = this.servers[0]!;
    return this.story.call(`(setWeight ${first} ${swing.join('|')}, pick) × ${times}`, [], () => {
      const met: Record<string, number> = Object.fromEntries(this.servers.map((server) => [server, 0]));
      for (let pick = 0; pick < times; pick++) {
        this.rotation.setWeight(first, swing[pick % 2]!);
        met[this.rotation.pick()]! += 1;
      }
      return met;
    });
  }

  setWeight(place: number, weight: number): void {
    const server = this.servers[place % this.servers.length]!;
    this.story.call(`${this.name}setWeight`, [server, weight], () => this.rotation.setWeight(server, weight));
    this.weights[place % this.servers.length] = weight;
  }

  /** After whole rounds: each server exactly as often as its weight asks. */
  requireExact(): void {
    const rounds = this.picks / sum(this.weights);
    const due = this.servers.map((server, i) => `${server}:${rounds * this.weights[i]!}`);
    this.story.require(
      this.servers.every((server, i) => this.counts[server] === rounds * this.weights[i]!),
      {
        en: `after ${this.picks} picks ${due.join(' ')}`,
        ko: `${this.picks}번 뽑은 뒤 ${due.join(' ')}`,
      },
      this.servers.map((server) => `${server}:${this.counts[server]}`),
    );
  }

  requireNotAhead(server: string): void {
    const weight = this.weights[this.servers.indexOf(server)]!;
    const share = (this.picks * weight) / sum(this.weights);
    const picked = this.counts[server]!;
    this.story.require(
      picked * sum(this.weights) < this.picks * weight + sum(this.weights),
      {
        en: `${server} less than a full pick ahead of its share, ${round(share)} of ${this.picks} picks`,
        ko: `${server}의 몫은 ${this.picks}번 중 ${round(share)}번이며, 한 번을 통째로 앞서지 않음`,
      },
      picked,
    );
  }
}

const round = (share: number) => Math.round(share * 100) / 100;

export const suite: Suite<Exports> = {
  requires: { WeightedRoundRobin: 'class' },
  checks: [
    {
      id: 'keeps-to-itself',
      title: {
        en: 'two rotations share nothing, and the list they were made from stays as it was',
        ko: '두 순번은 아무것도 공유하지 않고, 넘겨받은 목록은 그대로 둡니다',
      },
      points: 1,
      section: 'weights',
      run: ({ WeightedRoundRobin }, tools) =>
        tools.example((story) => {
          const list = [
            { server: 'a', weight: 2 },
            { server: 'b', weight: 1 },
          ];
          story.given({ en: 'weights', ko: '가중치' }, ['a:2', 'b:1']);
          const one = new WeightedRoundRobin(list);
          const untouched = () =>
            story.require(
              JSON.stringify(tools.asLeft(list)) === '[{"server":"a","weight":2},{"server":"b","weight":1}]',
              { en: 'your caller’s list as it was', ko: '넘겨준 쪽의 목록은 그대로' },
              list,
            );
          story.call('one.pick', [], () => one.pick());
          untouched();
          story.call('one.setWeight', ['a', 3], () => one.setWeight('a', 3));
          untouched();
          const two = new Watched(WeightedRoundRobin, [1, 1, 1], story, 'two.');
          for (let pick = 0; pick < 3; pick++) {
            two.requireNotAhead(two.pick());
            story.call('one.pick', [], () => one.pick());
          }
          two.requireExact();
        }),
    },
    {
      id: 'exact-shares',
      title: {
        en: 'after as many picks as the weights add up to, each server was picked exactly as often as its weight says',
        ko: '가중치의 합만큼 뽑으면 모든 서버가 정확히 자기 가중치만큼 뽑혀 있습니다',
      },
      points: 2,
      section: 'weights',
      run: ({ WeightedRoundRobin }, tools) =>
        tools.forAll(someWeight, (all, story) => {
          const rotation = new Watched(WeightedRoundRobin, all, story);
          for (let window = 0; window < 3; window++) {
            for (let pick = 0; pick < sum(all); pick++) rotation.pick();
            rotation.requireExact();
          }
        }),
    },
    {
      id: 'never-ahead',
      title: {
        en: 'no server is ever a full pick ahead of its share',
        ko: '어느 순간에도 자기 몫보다 한 번을 통째로 앞서는 서버가 없습니다',
      },
      points: 2,
      section: 'weights',
      run: async ({ WeightedRoundRobin }, tools) => {
        const follow = (all: readonly number[], story: Story) => {
          const rotation = new Watched(WeightedRoundRobin, all, story);
          for (let pick = 0; pick < 2 * sum(all); pick++) rotation.requireNotAhead(rotation.pick());
        };
        for (const all of TELLING) await tools.example((story) => follow(all, story));
        await tools.forAll(someWeight, follow, { runs: 150 });
      },
    },
    {
      id: 'zero-gets-none',
      title: {
        en: 'weight 0 gets nothing, all zero throws, and a weight above 0 brings a server back',
        ko: '가중치가 0이면 아무것도 받지 않고, 모두 0이면 오류를 던지며, 0보다 커지면 돌아옵니다',
      },
      points: 1,
      section: 'weights',
      run: async ({ WeightedRoundRobin }, tools) => {
        await tools.example((story) => {
          new Watched(WeightedRoundRobin, [], story).pick();
        });
        await tools.example((story) => {
          const rotation = new Watched(WeightedRoundRobin, [0, 0], story);
          rotation.pick();
          rotation.setWeight(1, 2);
          rotation.pick();
        });
        await tools.forAll(
          fc.record({ all: weights, before: fc.nat({ max: 9 }), zeroed: fc.nat({ max: 4 }), back: fc.nat({ max: 3 }) }),
          ({ all, before, zeroed, back }, story) => {
            const rotation = new Watched(WeightedRoundRobin, all, story);
            for (let pick = 0; pick < before; pick++) rotation.pick();
            rotation.setWeight(zeroed, 0);
            for (let pick = 0; pick < 8; pick++) rotation.pick();
            rotation.setWeight(zeroed, back);
            rotation.pick();
          },
        );
      },
    },
    {
      id: 'changes-keep-shares',
      title: {
        en: 'a changed weight changes the shares from then on; setting the same one again changes nothing',
        ko: '가중치를 바꾸면 그때부터 몫이 바뀌고, 같은 값을 다시 설정하면 아무것도 바뀌지 않습니다',
      },
      points: 1,
      section: 'weights',
      run: async ({ WeightedRoundRobin }, tools) => {
        await tools.forAll(
          fc.record({ all: someWeight, refreshed: fc.nat({ max: 4 }) }),
          ({ all, refreshed }, story) => {
            const rotation = new Watched(WeightedRoundRobin, all, story);
            for (let pick = 0; pick < sum(all); pick++) {
              rotation.setWeight(refreshed, all[refreshed % all.length]!);
              rotation.requireNotAhead(rotation.pick());
            }
            rotation.requireExact();
          },
        );
        await tools.forAll(
          fc.record({ all: someWeight, before: fc.nat({ max: 12 }), next: someWeight }),
          ({ all, before, next }, story) => {
            const rotation = new Watched(WeightedRoundRobin, all, story);
            for (let pick = 0; pick < before; pick++) rotation.pick();
            const counted = { ...rotation.counts };
            for (const place of all.keys()) rotation.setWeight(place, next[place % next.length]!);
            const total = sum(rotation.weights);
            fc.pre(total > 0);
            const rounds = 20;
            rotation.pickMany(rounds * total);
            const slack = 3 + (2 * sum(all)) / total;
            for (const [i, server] of rotation.servers.entries()) {
              const due = rounds * rotation.weights[i]!;
              story.require(
                Math.abs(rotation.counts[server]! - counted[server]! - due) <= slack,
                {
                  en: `about ${due} of the last ${rounds * total} picks for ${server}`,
                  ko: `마지막 ${rounds * total}번 가운데 ${server} 약 ${due}번`,
                },
                rotation.counts[server]! - counted[server]!,
              );
            }
          },
          { runs: 60 },
        );
        await tools.forAll(
          fc.record({
            others: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
            low: fc.integer({ min: 1, max: 4 }),
            more: fc.integer({ min: 1, max: 3 }),
          }),
          ({ others, low, more }, story) => {
            const rotation = new Watched(WeightedRoundRobin, [low, ...others], story);
            const times = 60;
            const counts = rotation.pickWhileSwinging(times, [low, low + more]);
            for (const [i, server] of rotation.servers.entries()) {
              if (i === 0) continue;
              const share = (total: number) => (times * others[i - 1]!) / total;
              const [least, most] = [share(low + more + sum(others)), share(low + sum(others))];
              story.require(
                counts[server]! >= least - 3 && counts[server]! <= most + 3,
                {
                  en: `${round(least)} to ${round(most)} picks for ${server}, whose weight never changed`,
                  ko: `가중치가 바뀐 적 없는 ${server}는 ${round(least)}~${round(most)}번`,
                },
                counts[server],
              );
            }
          },
          { runs: 40 },
        );
      },
    },
    {
      id: 'refuses-bad-calls',
      title: {
        en: 'a server that is unknown or named twice, and a weight that is no whole number of 0 or more, is refused',
        ko: '없는 서버, 두 번 적힌 서버, 0 이상의 정수가 아닌 가중치는 거부합니다',
      },
      points: 1,
      section: 'weights',
      run: async ({ WeightedRoundRobin }, tools) => {
        await tools.example((story) => {
          const twice = ['a', 'b', 'a'].map((server) => ({ server, weight: 1 }));
          story.throws('new', [twice], () => new WeightedRoundRobin(twice), 'RangeError', 'servers');
        });
        for (const weight of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
          await tools.example((story) => {
            const bad = [{ server: 'a', weight }];
            story.throws('new', [bad], () => new WeightedRoundRobin(bad), 'RangeError', 'weight');
          });
          await tools.example((story) => {
            const rotation = new WeightedRoundRobin([{ server: 'a', weight: 1 }]);
            story.throws('setWeight', ['a', weight], () => rotation.setWeight('a', weight), 'RangeError', 'weight');
            story.expect(
              story.call('pick', [], () => rotation.pick()),
              'a',
            );
          });
        }
        await tools.example((story) => {
          const rotation = new WeightedRoundRobin([{ server: 'a', weight: 1 }]);
          story.throws('setWeight', ['z', 1], () => rotation.setWeight('z', 1), 'RangeError', 'server');
        });
      },
    },
    {
      id: 'any-history',
      title: {
        en: 'two rotations with the same history agree, whatever picks and changes it is made of',
        ko: '뽑기와 변경을 어떻게 섞어도, 같은 일을 겪은 두 순번은 서로 같습니다',
      },
      points: 1,
      section: 'weights',
      run: ({ WeightedRoundRobin }, tools) =>
        tools.forAll(
          fc.record({
            all: weights,
            history: fc.array(
              fc.oneof(
                { weight: 3, arbitrary: fc.constant('pick' as const) },
                { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 6 })) },
              ),
              { maxLength: 30, size: 'max' },
            ),
          }),
          ({ all, history }, story) => {
            const one = new Watched(WeightedRoundRobin, all, story, 'one.');
            const two = new Watched(WeightedRoundRobin, all, story, 'two.');
            for (const event of history) {
              if (event === 'pick') {
                const server = one.pick();
                story.expect(two.pick(), server);
                continue;
              }
              one.setWeight(...event);
              two.setWeight(...event);
              // A refresh that changes nothing.
              two.setWeight(event[0], event[1]);
            }
          },
        ),
    },
    {
      id: 'spares-the-slow-server',
      title: {
        en: 'in the simulation, a server of half the speed and half the weight no longer grows a queue',
        ko: '시뮬레이션에서 속도도 가중치도 절반인 서버 앞에 더는 대기열이 길어지지 않습니다',
      },
      points: 1,
      section: 'weights',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.happens({
            en: 'four servers, the fourth at half speed; weights 2, 2, 2, 1; 60 % load, 20 s',
            ko: '서버 네 대, 네 번째는 절반 속도. 가중치 2, 2, 2, 1. 부하 60%, 20초',
          });
          const lane = { exercise: 'weighted-round-robin', preset: 'slow-server' };
          const trace = await tools.simulate(HALF_WEIGHT, lane, story);
          const slow = shareOver(sample(trace, 0, trace.durationUs), SLOW_MS) ?? 100;
          story.require(
            slow < MOST_SLOW,
            { en: `fewer than ${MOST_SLOW} % of the requests over 200 ms`, ko: `200ms를 넘는 요청 ${MOST_SLOW}% 미만` },
            `${Math.round(slow * 10) / 10} %`,
          );
        }),
    },
  ],
};

/** Percent. Over 400 seeds the smooth rotation had 0 to 1.5, round robin 19.5 to 24.7. */
const MOST_SLOW = 8;

/** The slow-server scene with a lane for weights: the slow one gets half of what the others get. */
const HALF_WEIGHT: typeof slowServer = {
  ...slowServer,
  exercises: {
    'weighted-round-robin': {
      label: { en: 'Weighted round robin', ko: '가중 라운드 로빈' },
      adapt: (exports) => (servers) => {
        const { WeightedRoundRobin } = exports as unknown as Exports;
        const all = servers.map((server, i) => ({ server, weight: i === 3 ? 1 : 2 }));
        const rotation = new WeightedRoundRobin(all);
        return { route: () => ({ server: rotation.pick() }) };
      },
    },
  },
};
