import fc from 'fast-check';
import type { CheapestFleet, CheapestSingle, MachineType } from '../../../exercises/02-load-balancing/contract.ts';
import type { Story, Suite } from '../../suite.ts';
import { CLOUD, judgeOnTheCloud } from './cloud-fleets.ts';
import { ask, catalogOf, judge, type Offer, type Order, orderOf, tellCatalog, tryEverything } from './fleet-model.ts';

interface Exports {
  readonly cheapestSingle: CheapestSingle;
  readonly cheapestFleet: CheapestFleet;
}

const BIG_AND_SMALL: readonly Offer[] = [
  [10, 9],
  [4, 4],
];

/** The larger one is on offer. */
const DEAR_AND_CHEAP: readonly Offer[] = [
  [4, 4],
  [10, 3],
];

const offer = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat({ max: 20 }));
const useful = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 20 }));
const costs = { costPerMachine: fc.nat({ max: 6 }), costPerBalancer: fc.nat({ max: 12 }) };

/** Small enough to try every combination. */
function orders(failures: { readonly min: number; readonly max: number }): fc.Arbitrary<Order> {
  return fc.record({
    catalog: fc.array(offer, { minLength: 1, maxLength: 4 }).map(catalogOf),
    demand: fc.integer({ min: 1, max: 16 }),
    surviveFailures: fc.integer(failures),
    ...costs,
  });
}

/** Four sizes that share no divisor, and a demand of so many of the smallest. */
function largeOrder(size: number): Order {
  const offers: Offer[] = [
    [5, 50],
    [6, 59],
    [7, 71],
    [8, 79],
  ];
  return orderOf(offers, 5 * size, { surviveFailures: 1, costPerMachine: 1 });
}
/** The machines of the smaller measurement; the larger one has sixteen times as many. */
const SIZE = 5;
/** Between what right answers measure (1 … 30) and what trying every combination does (from 230 on; 170 where it is busy). */
const GROWTH_LIMIT = 80;

export const suite: Suite<Exports> = {
  requires: { cheapestSingle: 'function', cheapestFleet: 'function' },
  checks: [
    {
      id: 'one-big-machine',
      title: {
        en: 'a single machine is the cheapest that is big enough, or undefined when none is',
        ko: '한 대로 감당할 때는 충분히 큰 서버 가운데 가장 싼 것을, 없으면 undefined를 반환합니다',
      },
      points: 1,
      section: 'up-or-out',
      run: async ({ cheapestSingle }, tools) => {
        for (const offers of [BIG_AND_SMALL, DEAR_AND_CHEAP]) {
          for (const demand of [4, 5, 10, 11, 0]) {
            await tools.example((story) => judgeSingle(story, cheapestSingle, catalogOf(offers), demand));
          }
        }
        for (const demand of [200, 201, 3200, 4000]) {
          await tools.example((story) => judgeSingle(story, cheapestSingle, CLOUD, demand));
        }
        await tools.forAll(
          fc.record({ offers: fc.array(offer, { maxLength: 5 }), demand: fc.nat({ max: 12 }) }),
          ({ offers, demand }, story) => judgeSingle(story, cheapestSingle, catalogOf(offers), demand),
          { runs: 200 },
        );
      },
    },
    {
      id: 'one-size',
      title: {
        en: 'of a single type exactly as many as the demand needs, and a balancer only for more than one',
        ko: '종류가 하나라면 꼭 필요한 만큼만 사고, 로드 밸런서 값은 두 대부터 냅니다',
      },
      points: 1,
      section: 'how-many',
      run: async ({ cheapestFleet }, tools) => {
        const by = (offers: readonly Offer[], demand: number) => (story: Story) => {
          const order = orderOf(offers, demand, { costPerMachine: 2, costPerBalancer: 3 });
          judge(story, cheapestFleet, order, tryEverything(order));
        };
        await tools.example(by([[10, 9]], 10));
        await tools.example(by([[10, 9]], 11));
        await tools.example(by([[1, 9]], 10));
        await tools.forAll(
          fc.record({ only: useful, demand: fc.integer({ min: 1, max: 60 }), ...costs }),
          ({ only, demand, ...fixed }, story) => {
            const order = orderOf([only], demand, fixed);
            judge(story, cheapestFleet, order, tryEverything(order));
          },
        );
      },
    },
    {
      id: 'mixes-types',
      title: {
        en: 'the cheapest mixture of types, with everything on the bill',
        ko: '모든 비용을 넣어 계산했을 때 가장 싼 조합을 찾습니다',
      },
      points: 2,
      section: 'how-many',
      run: async ({ cheapestFleet }, tools) => {
        const examples = [
          orderOf(BIG_AND_SMALL, 11),
          orderOf(BIG_AND_SMALL, 14),
          orderOf(BIG_AND_SMALL, 8, { costPerMachine: 5 }),
          orderOf(BIG_AND_SMALL, 8, { costPerBalancer: 5 }),
        ];
        for (const order of examples) {
          await tools.example((story) => judge(story, cheapestFleet, order, tryEverything(order)));
        }
        await tools.forAll(
          orders({ min: 0, max: 0 }),
          (order, story) => judge(story, cheapestFleet, order, tryEverything(order)),
          { runs: 300 },
        );
        await judgeOnTheCloud(tools, cheapestFleet, ({ surviveFailures }) => surviveFailures === 0);
      },
    },
    {
      id: 'survives-the-worst',
      title: {
        en: 'what is left after the largest machines have died still serves the demand, at the lowest price',
        ko: '가장 큰 서버들이 죽어도 남은 서버로 요청을 감당하고, 그런 구성 가운데 가장 쌉니다',
      },
      points: 2,
      section: 'how-many',
      run: async ({ cheapestFleet }, tools) => {
        for (const example of [
          orderOf(BIG_AND_SMALL, 5, { surviveFailures: 1 }),
          orderOf(BIG_AND_SMALL, 10, { surviveFailures: 1 }),
          orderOf(BIG_AND_SMALL, 4, { surviveFailures: 2 }),
        ]) {
          await tools.example((story) => judge(story, cheapestFleet, example, tryEverything(example)));
        }
        await tools.forAll(
          orders({ min: 1, max: 3 }),
          (order, story) => judge(story, cheapestFleet, order, tryEverything(order)),
          { runs: 200 },
        );
        await judgeOnTheCloud(tools, cheapestFleet, ({ surviveFailures }) => surviveFailures > 0);
      },
    },
    {
      id: 'nothing-to-buy',
      title: {
        en: 'an empty fleet for no demand, undefined when no fleet can serve it',
        ko: '수요가 0이면 빈 구성을, 어떤 구성으로도 감당할 수 없으면 undefined를 반환합니다',
      },
      points: 1,
      section: 'how-many',
      run: async ({ cheapestFleet }, tools) => {
        const wishes = [{ surviveFailures: 1 }, { costPerMachine: 2, costPerBalancer: 3 }, { surviveFailures: 3 }];
        for (const offers of [BIG_AND_SMALL, [[0, 5] as const], []]) {
          for (const options of wishes) {
            await tools.example((story) => {
              const fleet = ask(story, cheapestFleet, orderOf(offers, 0, options));
              story.expect(fleet, { machines: [], cost: 0 });
            });
          }
        }
        for (const offers of [[], [[0, 5] as const], [[0, 0] as const, [0, 7] as const]]) {
          for (const options of wishes) {
            await tools.example((story) => judge(story, cheapestFleet, orderOf(offers, 1, options), undefined));
          }
        }
      },
    },
    {
      id: 'refuses-bad-calls',
      title: {
        en: 'numbers that are not whole or below 0, and a type that is listed twice, are refused by name',
        ko: '0 이상의 정수가 아닌 수와 두 번 적힌 종류는 이름을 밝혀 거부합니다',
      },
      points: 1,
      section: 'how-many',
      run: async ({ cheapestSingle, cheapestFleet }, tools) => {
        const good = { name: 'a', rps: 4, price: 4 };
        const options = { surviveFailures: 0, costPerMachine: 0, costPerBalancer: 0 };
        const refused = async (what: string, catalog: readonly MachineType[], demand: number, given = options) => {
          await tools.example((story) => {
            const fleet = () => cheapestFleet(catalog, demand, given);
            story.throws('cheapestFleet', [catalog, demand, given], fleet, 'RangeError', what);
          });
          if (given !== options) return;
          await tools.example((story) => {
            const single = () => cheapestSingle(catalog, demand);
            story.throws('cheapestSingle', [catalog, demand], single, 'RangeError', what);
          });
        };
        for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
          await refused('demand', [good], bad);
          for (const key of ['rps', 'price']) await refused(key, [good, { ...good, name: 'b', [key]: bad }], 3);
          for (const key of Object.keys(options)) await refused(key, [good], 3, { ...options, [key]: bad });
        }
        await refused('catalog', [good, { name: 'b', rps: 5, price: 5 }, { ...good, rps: 9 }], 3);
      },
    },
    {
      id: 'leaves-your-list-alone',
      title: {
        en: 'the price list that was handed over is never changed',
        ko: '넘겨받은 가격표는 절대 바꾸지 않습니다',
      },
      points: 1,
      section: 'how-many',
      run: ({ cheapestSingle, cheapestFleet }, tools) =>
        tools.example((story) => {
          const catalog = catalogOf([
            [4, 4],
            [0, 1],
            [10, 9],
            [2, 7],
          ]);
          const options = { surviveFailures: 1, costPerMachine: 1, costPerBalancer: 1 };
          const before = JSON.stringify([catalog, options]);
          tellCatalog(story, catalog);
          const unchanged = () =>
            story.require(
              JSON.stringify([tools.asLeft(catalog), tools.asLeft(options)]) === before,
              { en: 'the price list and the options as they were', ko: '가격표와 옵션은 그대로' },
              catalog,
            );
          story.call('cheapestSingle', ['catalog', 3], () => cheapestSingle(catalog, 3));
          unchanged();
          story.call('cheapestFleet', ['catalog', 14, options], () => cheapestFleet(catalog, 14, options));
          unchanged();
        }),
    },
    {
      id: 'plans-ahead',
      title: {
        en: 'sixteen times the demand must not take hundreds of times the work',
        ko: '수요가 열여섯 배가 되어도 계산량이 수백 배가 되지 않습니다',
      },
      points: 1,
      section: 'how-many',
      run: ({ cheapestFleet }, tools) =>
        tools.example((story) => {
          const grows = () =>
            tools.growth(SIZE, (size) => {
              const { catalog, demand, ...options } = largeOrder(size);
              cheapestFleet(catalog, demand, options);
            });
          story.happens({
            en: `four types; machines for ${5 * SIZE} rps, then for ${16 * 5 * SIZE} rps`,
            ko: `네 종류, ${5 * SIZE} rps를 감당하는 구성과 ${16 * 5 * SIZE} rps를 감당하는 구성`,
          });
          // A disturbed measurement must not fail anybody: it takes two that agree.
          if (grows() < GROWTH_LIMIT || grows() < GROWTH_LIMIT) return;
          story.happens({
            en: `the second takes more than ${GROWTH_LIMIT} times the work of the first`,
            ko: `두 번째 계산이 첫 번째보다 ${GROWTH_LIMIT}배 넘게 오래 걸림`,
          });
          story.require(false, {
            en: 'work that grows with the demand, not with the number of combinations',
            ko: '계산량이 조합의 수가 아니라 수요를 따라 늘어남',
          });
        }),
    },
  ],
};

function judgeSingle(
  story: Story,
  cheapestSingle: CheapestSingle,
  catalog: readonly MachineType[],
  demand: number,
): void {
  tellCatalog(story, catalog);
  const name = story.call('cheapestSingle', ['catalog', demand], () => cheapestSingle(catalog, demand));
  const enough = catalog.filter(({ rps }) => rps >= demand);
  if (enough.length === 0) {
    story.expect(name, undefined);
    return;
  }
  const least = Math.min(...enough.map(({ price }) => price));
  const right = enough.filter(({ price }) => price === least).map((type) => type.name);
  if (name === undefined) story.happens({ en: 'undefined comes back', ko: 'undefined를 반환함' });
  story.require(
    right.includes(name as string),
    { en: `${right.join(' or ')}, for $${least}`, ko: `${right.join(' 또는 ')}, $${least}` },
    name,
  );
}
