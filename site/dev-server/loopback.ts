import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request comes from this machine, for this machine's own page: the peer is on the loopback interface,
 * the name asked for is local (no DNS rebinding), and a browser's Origin, when it sends one, is the same host.
 */
export function isLocal(request: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } }): boolean {
  if (!LOOPBACK.has(request.socket.remoteAddress ?? '')) return false;
  const host = request.headers.host ?? '';
  if (!LOCAL_NAMES.has(host.replace(/:\d+$/, ''))) return false;
  const origin = request.headers.origin;
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site';
  return URL.canParse(origin) && new URL(origin).host === host;
}
