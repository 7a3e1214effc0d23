import type { FailoverProxyClass } from '../../../../exercises/02-load-balancing/contract.ts';
import type { ExerciseLane } from '../../../../simulator/scene.ts';
import type { ProxyStrategy } from '../../../../simulator/worlds/proxy-world.ts';

/** Envoy's defaults are five failures in a row and 30 s; a run of 20 s needs shorter ones. */
const FAILURES_TO_EJECT = 3;
const COOL_DOWN_MS = 2000;

/** The exercise `failover`, behind it a balancer that takes turns among whoever it may choose. */
export const failover: ExerciseLane<ProxyStrategy> = {
  label: { en: 'Failover', ko: '장애 조치' },
  adapt: (exports) => ({
    proxy: ({ servers, send, now }) => {
      const FailoverProxy = exports.FailoverProxy;
      if (typeof FailoverProxy !== 'function') throw new TypeError('the file exports no class FailoverProxy');
      let turn = 0;
      return new (FailoverProxy as FailoverProxyClass)({
        servers,
        choose: (among) => among[turn++ % among.length]!,
        send: (server, { method, path }) => send(server, { method: method === 'POST' ? 'POST' : 'GET', path }),
        now,
        failuresToEject: FAILURES_TO_EJECT,
        coolDownMs: COOL_DOWN_MS,
      });
    },
  }),
};
