import type { ClientAffinity, Hash, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

/** Highest hash of server and address wins, so that a lost server moves only its own clients. */
export class IpHash implements ClientAffinity {
  readonly #servers: readonly { readonly id: ServerId; readonly salt: readonly number[] }[];
  readonly #hash: Hash;

  constructor(servers: readonly ServerId[], hash: Hash) {
    if (servers.length < 1) throw new RangeError('no servers');
    if (servers.length > new Set(servers).size) throw new RangeError('servers must differ');
    this.#servers = servers.map((id) => ({ id, salt: [...id].map((character) => character.codePointAt(0)! & 0xff) }));
    this.#hash = hash;
  }

  pick(ip: string): ServerId {
    const address = readBytes(ip);
    let best: { readonly id: ServerId; readonly score: number } | undefined;
    for (const { id, salt } of this.#servers) {
      const score = this.#hash(new Uint8Array([...salt, 0, ...address]));
      if (best === undefined || score > best.score) best = { id, score };
    }
    return best!.id;
  }
}

/** Reads from left to right, one character after another, as a small machine. */
function readBytes(ip: string): number[] {
  const fail = () => new TypeError(`ip '${ip}' is no address`);
  let at = 0;
  const rest = () => ip.slice(at);

  const dotted = (): number[] | undefined => {
    const match = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/.exec(rest());
    return match ? rest().split('.').map(Number) : undefined;
  };

  const v4 = dotted();
  if (v4) return [...new Array<number>(10).fill(0), 0xff, 0xff, ...v4];

  const bytes: number[] = [];
  let gap: number | undefined;
  if (ip.startsWith('::')) {
    gap = 0;
    at = 2;
  }
  while (at < ip.length) {
    const tail = dotted();
    if (tail) {
      bytes.push(...tail);
      at = ip.length;
      break;
    }
    const hex = /^[0-9a-fA-F]{1,4}/.exec(rest())?.[0];
    if (hex === undefined) throw fail();
    bytes.push(Number.parseInt(hex, 16) >> 8, Number.parseInt(hex, 16) & 0xff);
    at += hex.length;
    if (at === ip.length) break;
    if (rest().startsWith('::')) {
      if (gap !== undefined) throw fail();
      gap = bytes.length;
      at += 2;
    } else if (rest().startsWith(':') && rest().length > 1) at += 1;
    else throw fail();
  }
  if (gap === undefined ? bytes.length !== 16 : bytes.length > 14) throw fail();
  return gap === undefined
    ? bytes
    : [...bytes.slice(0, gap), ...new Array<number>(16 - bytes.length).fill(0), ...bytes.slice(gap)];
}
