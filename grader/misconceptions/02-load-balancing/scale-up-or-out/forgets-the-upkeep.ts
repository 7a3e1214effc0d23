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
    offer([...table[demand]!, ...Array<MachineType>(surviveFailures).fill(spare)]);
    if (surviveFailures === 0 && type.rps >= demand) offer([type]);
  }
  return best;
}

/** What machines cost without a balancer. */
function each(machines: readonly MachineType[] | undefined, perMachine: number): number {
  if (machines === undefined) return Number.POSITIVE_INFINITY;
  return machines.reduce((sum, { price }) => sum + price + perMachine, 0);
}

function bill(machines: readonly MachineType[], { costPerBalancer }: FleetOptions): number {
  return each(machines, 0) + (machines.length > 1 ? costPerBalancer : 0);
}

function check(catalog: readonly MachineType[], values: Readonly<Record<string, number>>): void {
  const all = [values, ...catalog.map(({ rps, price }) => ({ rps, price }))].flatMap(Object.entries);
  for (const [name, value] of all) {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is ${value}`);
  }
  if (new Set(catalog.map(({ name }) => name)).size < catalog.length) throw new RangeError('catalog: a name twice');
}

export const misconception: Misconception = {
  fails: 'one-size',
  message: {
    en: 'Your bill has the price of every machine and the balancer, but not what each machine costs on top of its price. Read what the options say and add up this case by hand.',
    ko: '계산서에 서버 가격과 로드 밸런서 값은 있지만, 가격 말고 서버마다 더 드는 비용이 빠져 있습니다. 옵션의 설명을 읽고 이 경우를 손으로 더해 보십시오.',
  },
};
