import type { ClientAffinity, Hash, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

const MAPPED = 0xffffn << 32n;

/** Addresses are 128-bit numbers; a map remembers the clients it has met. */
export class IpHash implements ClientAffinity {
  readonly #homes = new Map<bigint, ServerId>();
  readonly #choose: (address: bigint) => ServerId;

  constructor(servers: readonly ServerId[], hash: Hash) {
    const names = servers.slice().reverse();
    if (names.length === 0) throw new RangeError('servers: none given');
    if (names.some((name, i) => names.indexOf(name) !== i)) throw new RangeError('servers: one is given twice');
    this.#choose = (address) => names[hash(bigEndian(address, 16)) % names.length]!;
  }

  pick(ip: string): ServerId {
    const address = parse(ip);
    if (address === undefined) throw new TypeError(`the ip ${JSON.stringify(ip)} is malformed`);
    const home = this.#homes.get(address) ?? this.#choose(address);
    this.#homes.set(address, home);
    return home;
  }
}

function parse(ip: string): bigint | undefined {
  const four = quad(ip);
  if (four !== undefined) return MAPPED | four;
  const [left, right, ...more] = ip.split('::');
  if (left === undefined || more.length > 0) return undefined;
  if (right === undefined) {
    const whole = groups(left, true);
    return whole?.count === 8 ? whole.value : undefined;
  }
  const head = groups(left, false);
  const tail = groups(right, true);
  if (head === undefined || tail === undefined || head.count + tail.count > 7) return undefined;
  return (head.value << BigInt(16 * (8 - head.count))) | tail.value;
}

interface Groups {
  readonly count: number;
  readonly value: bigint;
}

function groups(text: string, last: boolean, so: Groups = { count: 0, value: 0n }): Groups | undefined {
  if (text === '') return so.count === 0 ? so : undefined;
  const colon = text.indexOf(':');
  if (colon === -1 && last) {
    const four = quad(text);
    if (four !== undefined) return { count: so.count + 2, value: (so.value << 32n) | four };
  }
  const group = colon === -1 ? text : text.slice(0, colon);
  if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
  const next = { count: so.count + 1, value: (so.value << 16n) | BigInt(`0x${group}`) };
  if (colon === -1) return next;
  return colon === text.length - 1 ? undefined : groups(text.slice(colon + 1), last, next);
}

function quad(text: string): bigint | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(text);
  const octets = match?.slice(1).map(BigInt);
  if (octets === undefined || octets.some((octet) => octet > 255n)) return undefined;
  return octets.reduce((value, octet) => (value << 8n) | octet, 0n);
}

function bigEndian(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = length - 1, left = value; i >= 0; i--, left >>= 8n) bytes[i] = Number(left & 0xffn);
  return bytes;
}
