import type { FailoverProxyClass } from '../../../../exercises/02-load-balancing/contract.ts';

/**
 * Makes several calls while the learner's promises stand still. Between two calls from outside they would move, and no two
 * requests could ever meet; so the calls are made from within the `send` of a proxy that has no other part in the case.
 */
export function inOneTurn(FailoverProxy: FailoverProxyClass, act: () => void): void {
  let called = false;
  const once = () => {
    if (called) return;
    called = true;
    act();
  };
  const aside = new FailoverProxy({
    servers: ['aside'],
    choose: () => 'aside',
    send: async () => {
      once();
      return { status: 200, body: '' };
    },
    now: () => 0,
    failuresToEject: 1,
    coolDownMs: 1,
  });
  aside.handle({ method: 'GET', path: '/' }).catch(() => undefined);
  once();
}
