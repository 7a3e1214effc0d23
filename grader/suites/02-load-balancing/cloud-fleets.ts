import type { CheapestFleet, MachineType } from '../../../exercises/02-load-balancing/contract.ts';
import type { Tools } from '../../suite.ts';
import { judge, type Order } from './fleet-model.ts';

/** A cloud's list, by cores of 25 rps each: dollars per core stay the same, then soar. */
export const CLOUD: readonly MachineType[] = [
  { name: 'S', rps: 50, price: 60 },
  { name: 'M', rps: 100, price: 115 },
  { name: 'L', rps: 200, price: 225 },
  { name: 'XL', rps: 400, price: 460 },
  { name: '2XL', rps: 800, price: 1100 },
  { name: '4XL', rps: 1600, price: 2900 },
  { name: '8XL', rps: 3200, price: 7500 },
];
const CLOUD_COSTS = { costPerMachine: 25, costPerBalancer: 20 };

/** What is bought of that list at four sizes of Sajin, to survive 0, 1 and 2 failures. */
const CLOUD_FLEETS: readonly (readonly [demand: number, failures: number, machines: string])[] = [
  [100, 0, 'M'],
  [200, 0, 'L'],
  [1000, 0, 'XL XL L'],
  [4000, 0, 'XL XL XL XL XL XL XL XL XL XL'],
  [100, 1, 'S S S'],
  [200, 1, 'M M M'],
  [1000, 1, 'L L L L L L'],
  [4000, 1, 'L L L L L L L L L L L L L L L L L L L L L'],
  [100, 2, 'S S S S'],
  [200, 2, 'S S S S S S'],
  [1000, 2, 'M M M M M M M M M M M M'],
];

/** At Sajin's own sizes, where there are too many combinations to try. */
export async function judgeOnTheCloud(tools: Tools, cheapestFleet: CheapestFleet, which: (order: Order) => boolean) {
  for (const [demand, surviveFailures, names] of CLOUD_FLEETS) {
    const order = { catalog: CLOUD, demand, surviveFailures, ...CLOUD_COSTS };
    const cheapest = names.split(' ').map((name) => CLOUD.find((type) => type.name === name)!);
    if (which(order)) await tools.example((story) => judge(story, cheapestFleet, order, cheapest));
  }
}
