import { todo } from '../todo.ts';
import type { Fleet, FleetOptions, MachineType } from './contract.ts';

/**
 * Scaling up: the cheapest type that serves the demand with a single machine.
 * @param catalog the price list, each type with a unique name, its rps (requests per second) and its price (dollars a
 *   month), both whole numbers of 0 or more; may be empty; not yours to change
 * @param demand requests per second, a whole number of 0 or more
 * @returns the type's name; undefined when no machine is big enough
 * @throws RangeError naming `demand`, `rps` or `price` when it is no whole number of 0 or more, `catalog` when it names
 *   a type twice
 */
export function cheapestSingle(catalog: readonly MachineType[], demand: number): string | undefined {
  return todo('find the cheapest machine that is big enough');
}

/**
 * Scaling out: the cheapest machines that serve the demand together, even after some have died.
 * @param catalog as above; types may be mixed, and there are as many machines of each as you like
 * @param demand requests per second, a whole number of 0 or more
 * @param options `surviveFailures`: how many machines may die at once, whichever they are; `costPerMachine`: dollars a
 *   month on top of each machine's price; `costPerBalancer`: dollars a month, once, for more than one machine
 * @returns one name per machine, in any order, and what all of it costs a month; undefined when no fleet can do it
 * @throws RangeError as above, and naming any option that is no whole number of 0 or more
 */
export function cheapestFleet(
  catalog: readonly MachineType[],
  demand: number,
  options: FleetOptions,
): Fleet | undefined {
  return todo('find the cheapest fleet that survives its worst loss');
}
