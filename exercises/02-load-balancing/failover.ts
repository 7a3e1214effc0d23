import { todo } from '../todo.ts';
import type { Failover, FailoverOptions, HttpRequest, HttpResponse } from './contract.ts';

/** Passes requests on, leaves out servers that fail, and lets them back in. */
export class FailoverProxy implements Failover {
  /**
   * @param options the servers (keep a copy), `choose` (the balancer), `send`, `now` in milliseconds, after how many
   *   failures in a row a server is ejected, and for how many milliseconds
   * @throws RangeError naming `servers` when there are none or one is named twice, `failuresToEject` when it is not a
   *   whole number of 1 or more, `coolDownMs` when it is not finite and above 0
   */
  constructor(options: FailoverOptions) {
    todo('remember the servers, all of them in, none with a failure');
  }

  /**
   * Sends a request to a server, and to others when it fails and may be repeated.
   * @param request GET, HEAD, OPTIONS, PUT and DELETE may be sent to one server after another; POST and PATCH once
   * @returns what the last server that was asked has answered, good or bad; rejects with the last error of `send`
   */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    return todo('choose a server, send, learn from the outcome, and try another one if you may');
  }
}
