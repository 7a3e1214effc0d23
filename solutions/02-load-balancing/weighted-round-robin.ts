import type { ServerId, WeightedRotation, WeightedServer } from '../../exercises/02-load-balancing/contract.ts';

interface Account {
  readonly server: ServerId;
  weight: number;
  /** What it is owed, in units of 1/W of a pick; the sum over all servers is 0 between picks. */
  balance: number;
}

/**
 * Smooth weighted round robin, as nginx does it: before each pick every server is paid its weight; the richest is
 * picked and pays the sum of all weights.
 *
 * Why it keeps its promises: after t picks a server has been paid t · w and has paid W for each of its picks, so its
 * balance is t · w − picks · W. Whoever pays has the highest balance of a sum of W, which is above 0, so it ends above
 * −W: picks < t · w / W + 1. And after W picks every balance is back at 0.
 *
 * Trade-offs. A scan per pick, O(n), and no memory beyond one number per server, where a list expanded by weight needs
 * W entries and deals them out in bursts. Spacing is not promised (5, 1, 1 gives a a b a c a a, four a's at the seam).
 * Scheduling by earliest deadline in a heap is O(log n) and spaces better, but lets a server run a full pick ahead.
 *
 * In real systems. nginx since 2012 (commit 52327e062, Maxim Dounin; `ngx_http_upstream_get_peer` in
 * `ngx_http_upstream_round_robin.c`): a failing server's effective weight drops and recovers by one per pick. Envoy
 * schedules weighted round robin by earliest deadline (`edf_scheduler.h`).
 */
export class WeightedRoundRobin implements WeightedRotation {
  readonly #accounts: readonly Account[];

  constructor(servers: readonly WeightedServer[]) {
    if (new Set(servers.map(({ server }) => server)).size < servers.length) {
      throw new RangeError('servers names one server twice');
    }
    this.#accounts = servers.map(({ server, weight }) => ({ server, weight: checked(weight), balance: 0 }));
  }

  pick(): ServerId {
    let total = 0;
    let richest: Account | undefined;
    for (const account of this.#accounts) {
      // Weight 0 may have a balance left from before: it gets nothing all the same.
      if (account.weight === 0) continue;
      total += account.weight;
      account.balance += account.weight;
      if (richest === undefined || account.balance > richest.balance) richest = account;
    }
    if (richest === undefined) throw new Error('no server has a weight above 0');
    richest.balance -= total;
    return richest.server;
  }

  setWeight(server: ServerId, weight: number): void {
    const account = this.#accounts.find((other) => other.server === server);
    if (account === undefined) throw new RangeError(`server ${server} is not known`);
    account.weight = checked(weight);
  }
}

function checked(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) {
    throw new RangeError(`weight must be a whole number of 0 or more, not ${weight}`);
  }
  return weight;
}
