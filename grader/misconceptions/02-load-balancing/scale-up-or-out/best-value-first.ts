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
  const useful = catalog.filter(({ rps }) => rps > 0);
  let best: Fleet | undefined;
  const largest = useful.reduce<MachineType[]>((a, b) => (b.rps > (a[0]?.rps ?? 0) ? [b] : a), []);
  for (const border of surviveFailures > 0 ? useful : largest) {
    const byValue = useful
      .filter(({ rps }) => rps <= border.rps)
      .sort((a, b) => (a.price + costPerMachine) / a.rps - (b.price + costPerMachine) / b.rps);
    const machines = Array<MachineType>(surviveFailures).fill(border);
    let left = demand;
    while (left > 0) {
      const next = left >= byValue[0]!.rps ? byValue[0]! : lastOne(byValue, left);
      machines.push(next);
      left -= next.rps;
    }
    const cost = bill(machines, options);
    if (best === undefined || cost < best.cost) best = { machines: machines.map(({ name }) => name), cost };
  }
  return best;
}

/** For what is left at the end: the cheapest that is big enough. */
function lastOne(types: readonly MachineType[], left: number): MachineType {
  const enough = types.filter(({ rps }) => rps >= left);
  return enough.reduce((a, b) => (b.price < a.price ? b : a));
}

/** What machines cost without a balancer. */
function each(machines: readonly MachineType[] | undefined, perMachine: number): number {
  if (machines === undefined) return Number.POSITIVE_INFINITY;
  return machines.reduce((sum, { price }) => sum + price + perMachine, 0);
}

function bill(machines: readonly MachineType[], { costPerMachine, costPerBalancer }: FleetOptions): number {
  return each(machines, costPerMachine) + (machines.length > 1 ? costPerBalancer : 0);
}

function check(catalog: readonly MachineType[], values: Readonly<Record<string, number>>): void {
  const all = [values, ...catalog.map(({ rps, price }) => ({ rps, price }))].flatMap(Object.entries);
  for (const [name, value] of all) {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is ${value}`);
  }
  if (new Set(catalog.map(({ name }) => name)).size < catalog.length) throw new RangeError('catalog: a name twice');
}

export const misconception: Misconception = {
  fails: 'mixes-types',
  message: {
    en: 'You buy the type with the lowest price per request as often as it fits, and patch up the rest. The last machine is seldom used in full, and what it wastes can cost more than its good value saved. What has to be compared: prices per request, or something else?',
    ko: '요청당 가격이 가장 싼 종류를 들어가는 만큼 사고 나머지를 메웁니다. 마지막 서버는 다 쓰이는 일이 드물고, 거기서 낭비하는 돈이 아낀 돈보다 클 수 있습니다. 비교해야 하는 것은 요청당 가격입니까, 다른 무엇입니까?',
  },
};
