import { mix } from '../../../../simulator/hash.ts';
import type { MakeBalancer } from '../../../../simulator/parts/slots/balancer.ts';
import type { Lane } from '../../../../simulator/scene.ts';

/** Everybody in turn, and never a look at who is busy or gone. */
const takeTurns: MakeBalancer = (servers) => {
  let turn = 0;
  return { route: () => ({ server: servers[turn++ % servers.length]! }) };
};

/** Everybody in turn among those that answer health checks. */
const takeTurnsAmongKnown: MakeBalancer = (servers) => {
  const known = new Set(servers);
  let turn = 0;
  return {
    route: () => ({ server: [...known][turn++ % known.size]! }),
    serverLost: (server) => void known.delete(server),
    serverFound: (server) => void known.add(server),
  };
};

/** Any server, by a hash of the request's number: random to the eye, the same in every run. */
const takeAny: MakeBalancer = (servers) => ({
  route: ({ id }) => ({ server: servers[mix(mix(id) ^ 0x5a5a5a5a) % servers.length]! }),
});

export const roundRobin: Lane<MakeBalancer> = {
  id: 'naive-round-robin',
  label: { en: 'Round robin', ko: '라운드 로빈' },
  make: takeTurns,
};

/** Round robin that hears of servers lost and found. */
export const roundRobinWithHealth: Lane<MakeBalancer> = {
  id: 'round-robin-with-health',
  label: { en: 'Round robin', ko: '라운드 로빈' },
  make: takeTurnsAmongKnown,
};

export const random: Lane<MakeBalancer> = {
  id: 'random',
  label: { en: 'Random', ko: '무작위' },
  make: takeAny,
};
