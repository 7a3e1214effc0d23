import type { Fleet, FleetOptions, MachineType } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export function cheapestSingle(catalog: readonly MachineType[], demand: number): string | undefined {
  check(catalog, { demand });
  const enough = catalog.filter(({ rps }) => rps >= demand).sort((a, b) => a.price - b.price);
  return enough[0]?.name;
}

export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
): Fleet | undefined {
  const { surviveFailures, costPerMachine, costPerBalancer } = options;
  check(catalog, { demand, surviveFailures, costPerMachine, costPerBalancer });
  if (demand === 0) return { machines: [], cost: 0 };
  const bySize = catalog.filter(({ rps }) => rps > 0).sort((a, b) => b.rps - a.rps);
  const counts = bySize.map(() => 0);
  let cheapest = Number.POSITIVE_INFINITY;
  let chosen: readonly number[] = [];
  const tryFrom = (i: number, count: number, left: number, price: number): void => {
    if (left <= 0) {
      const cost = price + (count > 1 ? costPerBalancer : 0);
      if (cost < cheapest) [cheapest, chosen] = [cost, [...counts]];
      return;
    }
    if (i === bySize.length) return;
    const type = bySize[i]!;
    tryFrom(i + 1, count, left, price);
    counts[i]! += 1;
    tryFrom(i, count + 1, count < surviveFailures ? left : left - type.rps, price + type.price + costPerMachine);
    counts[i]! -= 1;
  };
  tryFrom(0, 0, demand, 0);
  if (cheapest === Number.POSITIVE_INFINITY) return undefined;
  return { machines: chosen.flatMap((n, i) => Array<string>(n).fill(bySize[i]!.name)), cost: cheapest };
}

function check(catalog: readonly MachineType[], values: Readonly<Record<string, number>>): void {
  const all = [values, ...catalog.map(({ rps, price }) => ({ rps, price }))].flatMap(Object.entries);
  for (const [name, value] of all) {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is ${value}`);
  }
  if (new Set(catalog.map(({ name }) => name)).size < catalog.length) throw new RangeError('catalog: a name twice');
}

export const misconception: Misconception = {
  fails: 'plans-ahead',
  message: {
    en: 'The answers are right, but the work grows with the number of combinations of machines. A dozen machines are no trouble; with a hundred machines of four types there are millions of combinations. Most of them share their beginnings: what do you work out again and again?',
    ko: '답은 맞지만 계산량이 서버 조합의 수만큼 늘어납니다. 열두어 대까지는 괜찮아도, 네 종류에 서버 백 대면 조합이 수백만 가지입니다. 대부분의 조합은 앞부분이 같습니다. 무엇을 거듭 다시 계산하고 있습니까?',
  },
};
