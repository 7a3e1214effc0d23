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
  const bySize = catalog.filter(({ rps }) => rps > 0).sort((a, b) => a.rps - b.rps);
  const table: (MachineType[] | undefined)[] = [[]];
  let best: Fleet | undefined;
  const offer = (machines: readonly MachineType[]) => {
    const cost = bill(machines, options);
    if (best === undefined || cost < best.cost) best = { machines: machines.map(({ name }) => name), cost };
  };
  const inflated = demand * (1 + surviveFailures);
  for (const type of bySize) {
    for (let rate = 1; rate <= inflated; rate++) {
      const before = table[Math.max(0, rate - type.rps)];
      if (before === undefined) continue;
      const machines = [...before, type];
      if (each(machines, costPerMachine) < each(table[rate], costPerMachine)) table[rate] = machines;
    }
    offer(table[inflated]!);
    if (surviveFailures === 0 && type.rps >= demand) offer([type]);
  }
  return best;
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
  fails: 'survives-the-worst',
  message: {
    en: 'You buy for a multiple of the demand and hope that what dies is no more than the surplus. But a failure takes whole machines, and the largest ones at that. How much of your fleet can one of them be?',
    ko: '수요를 몇 배로 늘려 잡아 사고, 죽는 서버가 그 여유분을 넘지 않기를 바랍니다. 그러나 장애는 서버를 통째로, 그것도 가장 큰 것부터 데려갑니다. 구성에서 서버 한 대가 차지하는 몫은 얼마나 클 수 있습니까?',
  },
};
