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
  for (const [i, type] of bySize.entries()) {
    for (let rate = 1; rate <= demand; rate++) {
      const before = table[Math.max(0, rate - type.rps)];
      if (before === undefined) continue;
      const machines = [...before, type];
      if (each(machines, costPerMachine) < each(table[rate], costPerMachine)) table[rate] = machines;
    }
    const spare = bySize.slice(i).reduce((a, b) => (b.price < a.price ? b : a));
    offer([...table[demand]!, ...(surviveFailures > 0 ? [spare] : [])]);
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
    en: 'You buy one spare machine however many may die. That is enough for the first death; look at what is left after the second.',
    ko: '몇 대가 죽을 수 있든 예비 서버를 한 대만 삽니다. 첫 번째 죽음에는 그것으로 충분하지만, 두 번째 서버까지 죽은 뒤에 무엇이 남는지 확인해 보십시오.',
  },
};
