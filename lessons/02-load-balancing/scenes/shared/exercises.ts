import type {
  ClientAffinity,
  ConnectionCounter,
  Hash,
  Rotation,
  ServerId,
} from '../../../../exercises/02-load-balancing/contract.ts';
import { hashBytes } from '../../../../simulator/hash.ts';
import type { MakeBalancer } from '../../../../simulator/parts/slots/balancer.ts';
import type { ExerciseLane } from '../../../../simulator/scene.ts';

/**
 * How this lesson's exercises become balancers. What they export may live behind a membrane: it is only called and
 * constructed, never compared or asked for its type.
 */
type Exports = Readonly<Record<string, unknown>>;

function exported<Class>(exports: Exports, name: string): Class {
  const value = exports[name];
  if (typeof value !== 'function') throw new TypeError(`the file exports no class ${name}`);
  return value as Class;
}

const roundRobin: ExerciseLane<MakeBalancer> = {
  label: { en: 'Round robin', ko: '라운드 로빈' },
  adapt: (exports) => (servers) => {
    const RoundRobin = exported<new (servers: readonly ServerId[]) => Rotation>(exports, 'RoundRobin');
    const rotation = new RoundRobin(servers);
    return {
      route: () => ({ server: rotation.pick() }),
      serverLost: (server) => void rotation.remove(server),
      serverFound: (server) => rotation.add(server),
    };
  },
};

const leastConnections: ExerciseLane<MakeBalancer> = {
  label: { en: 'Least connections', ko: '최소 연결' },
  adapt: (exports) => (servers) => {
    const LeastConnections = exported<new (servers: readonly ServerId[]) => ConnectionCounter>(
      exports,
      'LeastConnections',
    );
    const counter = new LeastConnections(servers);
    return {
      route: () => {
        const lease = counter.acquire();
        return { server: lease.server, ended: () => void lease.release() };
      },
      serverLost: (server) => void counter.remove(server),
      serverFound: (server) => counter.add(server),
    };
  },
};

const ipHash: ExerciseLane<MakeBalancer> = {
  label: { en: 'IP hash', ko: 'IP 해싱' },
  adapt: (exports) => (servers) => {
    const IpHash = exported<new (servers: readonly ServerId[], hash: Hash) => ClientAffinity>(exports, 'IpHash');
    let alive = [...servers];
    let affinity = new IpHash(alive, hashBytes);
    const change = (next: ServerId[]): void => {
      alive = next;
      if (alive.length > 0) affinity = new IpHash(alive, hashBytes);
    };
    return {
      route: ({ clientIp }) => ({ server: affinity.pick(clientIp) }),
      serverLost: (server) => change(alive.filter((each) => each !== server)),
      serverFound: (server) => change(servers.filter((each) => each === server || alive.includes(each))),
    };
  },
};

const balancers = {
  'round-robin': roundRobin,
  'least-connections': leastConnections,
  'ip-hash': ipHash,
} satisfies Record<string, ExerciseLane<MakeBalancer>>;

/** All balancers, the one that a scene is mainly about first. */
export function balancersFrom(first: keyof typeof balancers): Readonly<Record<string, ExerciseLane<MakeBalancer>>> {
  return { [first]: balancers[first], ...balancers };
}
