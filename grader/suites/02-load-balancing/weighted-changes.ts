import fc from 'fast-check';
import type { WeightedRotationClass } from '../../../exercises/02-load-balancing/contract.ts';
import type { Check, Story } from '../../suite.ts';
import { round, someWeight, sum, WatchedWeights } from './weighted-model.ts';

export interface WeightedExports {
  readonly WeightedRoundRobin: WeightedRotationClass;
}

/** Rounds after a change in which the shares are looked at; what was owed before it no longer matters much. */
const ROUNDS = 20;
/** So many picks before a change that nobody may still be made to pay for them. */
const LONG = 200;
/** Picks in which one weight goes up and down, and how far from its share a server may be in the end. */
const SWINGS = 60;
const SWING_SLACK = 3;

export const changesKeepShares: Check<WeightedExports> = {
  id: 'changes-keep-shares',
  title: {
    en: 'a changed weight changes the shares from then on; setting the same one again changes nothing',
    ko: '가중치를 바꾸면 그때부터 몫이 바뀌고, 같은 값을 다시 설정하면 아무것도 바뀌지 않습니다',
  },
  points: 1,
  section: 'weights',
  run: async (subject, tools) => {
    await tools.example((story) => refresh(story, subject, [1, 1], 0));
    await tools.forAll(fc.record({ all: someWeight, refreshed: fc.nat({ max: 4 }) }), ({ all, refreshed }, story) =>
      refresh(story, subject, all, refreshed),
    );
    await tools.example((story) => change(story, subject, [1, 1], 0, [1, 3]));
    await tools.example((story) => change(story, subject, [1, 1], LONG, [1, 3]));
    await tools.forAll(
      fc.record({ all: someWeight, before: fc.nat({ max: 12 }), next: someWeight }),
      ({ all, before, next }, story) => change(story, subject, all, before, next),
      { runs: 60 },
    );
    await tools.forAll(
      fc.record({
        others: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        low: fc.integer({ min: 1, max: 4 }),
        more: fc.integer({ min: 1, max: 3 }),
      }),
      ({ others, low, more }, story) => swing(story, subject, others, [low, low + more]),
      { runs: 40 },
    );
  },
};

/** One server's weight is set to what it is, before every pick. */
function refresh(story: Story, { WeightedRoundRobin }: WeightedExports, all: readonly number[], place: number): void {
  const rotation = new WatchedWeights(WeightedRoundRobin, all, story);
  for (let pick = 0; pick < sum(all); pick++) {
    rotation.setWeight(place, all[place % all.length]!);
    rotation.requireNotAhead(rotation.pick());
  }
  rotation.requireExact();
}

/** After some picks the weights are others. */
function change(
  story: Story,
  { WeightedRoundRobin }: WeightedExports,
  all: readonly number[],
  before: number,
  next: readonly number[],
): void {
  const rotation = new WatchedWeights(WeightedRoundRobin, all, story);
  if (before >= LONG) rotation.pickMany(before);
  else for (let pick = 0; pick < before; pick++) rotation.pick();
  for (const [place, weight] of all.entries()) {
    const wanted = next[place % next.length]!;
    if (wanted !== weight) rotation.setWeight(place, wanted);
  }
  const total = sum(rotation.weights);
  fc.pre(total > 0);
  const counts = rotation.pickMany(ROUNDS * total);
  const slack = 3 + (2 * sum(all)) / total;
  for (const [i, server] of rotation.servers.entries()) {
    const due = ROUNDS * rotation.weights[i]!;
    story.require(
      Math.abs(counts[server]! - due) <= slack,
      {
        en: `about ${due} of these ${ROUNDS * total} picks for ${server}`,
        ko: `이 ${ROUNDS * total}번 가운데 ${server} 약 ${due}번`,
      },
      counts[server],
    );
  }
}

/** The first server's weight goes up and down, and the others must get what is theirs all the same. */
function swing(
  story: Story,
  { WeightedRoundRobin }: WeightedExports,
  others: readonly number[],
  [low, high]: readonly [number, number],
): void {
  const rotation = new WatchedWeights(WeightedRoundRobin, [low, ...others], story);
  const counts = rotation.pickWhileSwinging(SWINGS, [low, high]);
  for (const [i, weight] of others.entries()) {
    const server = rotation.servers[i + 1]!;
    const share = (total: number) => (SWINGS * weight) / total;
    const [least, most] = [share(high + sum(others)), share(low + sum(others))];
    story.require(
      counts[server]! >= least - SWING_SLACK && counts[server]! <= most + SWING_SLACK,
      {
        en: `about ${round(least)} to ${round(most)} picks for ${server}, whose weight never changed`,
        ko: `가중치가 바뀐 적 없는 ${server}는 약 ${round(least)}~${round(most)}번`,
      },
      counts[server],
    );
  }
}
