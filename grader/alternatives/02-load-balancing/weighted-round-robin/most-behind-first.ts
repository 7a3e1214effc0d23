import type { ServerId, WeightedRotation, WeightedServer } from '../../../../exercises/02-load-balancing/contract.ts';

/** Exact bookkeeping in whole numbers: what each server is owed grows by its weight; ties go to the last one. */
export class WeightedRoundRobin implements WeightedRotation {
  readonly #weights = new Map<ServerId, bigint>();
  readonly #owed = new Map<ServerId, bigint>();

  constructor(servers: readonly WeightedServer[]) {
    for (const { server, weight } of servers) {
      if (this.#weights.has(server)) throw new RangeError(`servers has ${server} twice`);
      this.#weights.set(server, toWeight(weight));
      this.#owed.set(server, 0n);
    }
  }

  pick = (): ServerId => {
    const takingPart = [...this.#weights].filter(([, weight]) => weight > 0n);
    const sum = takingPart.reduce((total, [, weight]) => total + weight, 0n);
    const after = takingPart.map(([server, weight]) => [server, this.#owed.get(server)! + weight] as const);
    const best = after.reduceRight<readonly [ServerId, bigint] | undefined>(
      (most, entry) => (most === undefined || entry[1] > most[1] ? entry : most),
      undefined,
    );
    if (best === undefined) throw new Error('nobody takes part');
    for (const [server, owed] of after) this.#owed.set(server, server === best[0] ? owed - sum : owed);
    return best[0];
  };

  setWeight = (server: ServerId, weight: number): void => {
    if (!this.#weights.has(server)) throw new RangeError(`there is no server ${server}`);
    this.#weights.set(server, toWeight(weight));
  };
}

function toWeight(weight: number): bigint {
  if (!(Number.isSafeInteger(weight) && weight >= 0)) throw new RangeError(`weight: ${weight}`);
  return BigInt(weight);
}
