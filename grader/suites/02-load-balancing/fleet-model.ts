import type { CheapestFleet, Fleet, FleetOptions, MachineType } from '../../../exercises/02-load-balancing/contract.ts';
import type { Text } from '../../../simulator/text.ts';
import type { Story } from '../../suite.ts';

/** What somebody wants to buy. */
export interface Order extends FleetOptions {
  readonly catalog: readonly MachineType[];
  readonly demand: number;
}

/** `[10, 9]` is a machine that serves 10 rps for $9. */
export type Offer = readonly [rps: number, price: number];

/** Types named A, B, C … */
export function catalogOf(offers: readonly Offer[]): MachineType[] {
  return offers.map(([rps, price], i) => ({ name: 'ABCDEFGH'[i]!, rps, price }));
}

/** An order without the costs that nobody wants to hear about. */
export function orderOf(offers: readonly Offer[], demand: number, options: Partial<FleetOptions> = {}): Order {
  return {
    catalog: catalogOf(offers),
    demand,
    ...{ surviveFailures: 0, costPerMachine: 0, costPerBalancer: 0, ...options },
  };
}

/** What is left in requests per second after the `failures` largest of these machines have died. */
export function rpsLeft(machines: readonly MachineType[], failures: number): number {
  const sizes = machines.map(({ rps }) => rps).sort((a, b) => b - a);
  return sizes.slice(failures).reduce((sum, rps) => sum + rps, 0);
}

export function billOf(machines: readonly MachineType[], { costPerMachine, costPerBalancer }: FleetOptions): number {
  const each = machines.reduce((sum, { price }) => sum + price + costPerMachine, 0);
  return each + (machines.length > 1 ? costPerBalancer : 0);
}

/**
 * Tries every combination of machines. A machine more never makes a fleet cheaper, so a fleet that is enough is not
 * added to. For small orders only.
 */
export function tryEverything(order: Order): readonly MachineType[] | undefined {
  const { demand, surviveFailures } = order;
  const useful = order.catalog.filter(({ rps }) => rps > 0);
  let best: readonly MachineType[] | undefined;
  const extend = (machines: readonly MachineType[], from: number): void => {
    if (rpsLeft(machines, surviveFailures) >= demand) {
      if (best === undefined || billOf(machines, order) < billOf(best, order)) best = machines;
      return;
    }
    for (let i = from; i < useful.length; i++) extend([...machines, useful[i]!], i);
  };
  extend([], 0);
  return best;
}

/** Tells the price list in words. */
export function tellCatalog(story: Story, catalog: readonly MachineType[]): void {
  const lines = (joint: string) => catalog.map(({ name, rps, price }) => `${name} ${rps} rps${joint}$${price}`);
  story.happens(
    catalog.length === 0
      ? { en: 'the price list is empty', ko: '가격표가 비어 있음' }
      : { en: `price list: ${lines(' for ').join(', ')}`, ko: `가격표: ${lines(' ').join(', ')}` },
  );
}

const COUNTED = ['', '한', '두', '세'];

/** Tells what is wanted, without the costs that are 0. */
function tellOrder(story: Story, { demand, surviveFailures, costPerMachine, costPerBalancer }: Order): void {
  const [many, dies] = surviveFailures === 1 ? ['one machine', 'has'] : [`${surviveFailures} machines`, 'have'];
  const each = costPerMachine > 0;
  const balancer = costPerBalancer > 0;
  const onTop = [
    ...(each ? [`$${costPerMachine} for every machine`] : []),
    ...(balancer ? [`$${costPerBalancer} for a balancer from two machines on`] : []),
  ];
  const added = [
    ...(each ? [`서버마다 $${costPerMachine}`] : []),
    ...(balancer ? [`두 대부터 로드 밸런서 $${costPerBalancer}`] : []),
  ];
  story.happens({
    en: `wanted: ${demand} rps${surviveFailures === 0 ? '' : `, still after any ${many} ${dies} died`}`,
    ko: `필요: ${demand} rps${surviveFailures === 0 ? '' : `, 어떤 ${COUNTED[surviveFailures] ?? surviveFailures} 대가 죽은 뒤에도`}`,
  });
  if (onTop.length > 0) story.happens({ en: `on top: ${onTop.join(', ')}`, ko: `추가 비용: ${added.join(', ')}` });
}

/** Asks the learner's code. */
export function ask(story: Story, cheapestFleet: CheapestFleet, order: Order): Fleet | undefined {
  const { catalog, demand, surviveFailures, costPerMachine, costPerBalancer } = order;
  const options = { surviveFailures, costPerMachine, costPerBalancer };
  tellCatalog(story, catalog);
  tellOrder(story, order);
  return story.call('cheapestFleet', ['catalog', demand, options], () => cheapestFleet(catalog, demand, options));
}

/**
 * The answer must be a fleet that is sold, survives, is billed right and costs what the cheapest one costs.
 * @param cheapest a cheapest fleet, or undefined when none exists
 */
export function judge(
  story: Story,
  cheapestFleet: CheapestFleet,
  order: Order,
  cheapest: readonly MachineType[] | undefined,
): void {
  const fleet = ask(story, cheapestFleet, order);
  if (cheapest === undefined) {
    story.expect(fleet, undefined);
    return;
  }
  if (fleet === undefined) story.happens({ en: 'undefined comes back', ko: 'undefined를 반환함' });
  const least = billOf(cheapest, order);
  const what = listOf(cheapest);
  const { machines: names, cost } = (typeof fleet === 'object' && fleet !== null ? fleet : {}) as Fleet;
  story.require(
    Array.isArray(names),
    { en: `a fleet, such as ${what} for $${least}`, ko: `machines와 cost가 담긴 구성. 예: ${what}, $${least}` },
    fleet,
  );
  const machines = names.flatMap((name) => order.catalog.find((type) => type.name === name) ?? []);
  story.require(
    machines.length === names.length,
    { en: 'only machines from the price list', ko: '가격표에 있는 서버만' },
    names,
  );
  requireEnough(story, order, machines);
  const bill = billOf(machines, order);
  story.require(cost === bill, sums(machines, order), cost);
  story.require(
    bill === least,
    { en: `cost ${least} is possible, with ${what}`, ko: `cost ${least} 가능: ${what}` },
    bill,
  );
}

function requireEnough(story: Story, { demand, surviveFailures }: Order, machines: readonly MachineType[]): void {
  const lost = [...machines].sort((a, b) => b.rps - a.rps).slice(0, surviveFailures);
  const left = rpsLeft(machines, surviveFailures);
  if (left < demand && lost.length > 0) {
    const [dead, living] = [listOf(lost), listOf(without(machines, lost))];
    story.happens({
      en: `${dead} ${lost.length === 1 ? 'dies' : 'die'}; what is left: ${living || 'nothing'}`,
      ko: `죽은 서버: ${dead}, 남은 서버: ${living || '없음'}`,
    });
  }
  story.require(
    left >= demand,
    { en: `at least ${demand} rps are served`, ko: `초당 요청 ${demand}개 이상 처리` },
    left,
  );
}

function without(machines: readonly MachineType[], lost: readonly MachineType[]): MachineType[] {
  const left = [...machines];
  for (const machine of lost) left.splice(left.indexOf(machine), 1);
  return left;
}

/** `2 × A + B`. */
function listOf(machines: readonly MachineType[]): string {
  const counts = new Map<string, number>();
  for (const { name } of machines) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(' + ');
}

/** How the bill of a fleet comes about. */
function sums(machines: readonly MachineType[], order: Order): Text {
  const prices = machines.reduce((sum, { price }) => sum + price, 0);
  const each = `${machines.length} × $${order.costPerMachine}`;
  const balancer = machines.length > 1 ? order.costPerBalancer : 0;
  const total = billOf(machines, order);
  return {
    en: `cost ${total}: $${prices} for ${listOf(machines)}, ${each} on top, $${balancer} for a balancer`,
    ko: `cost ${total}: ${listOf(machines)} $${prices}, 서버당 추가 ${each}, 로드 밸런서 $${balancer}`,
  };
}
