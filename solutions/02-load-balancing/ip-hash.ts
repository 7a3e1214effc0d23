import type { ClientAffinity, Hash, ServerId } from '../../exercises/02-load-balancing/contract.ts';

/**
 * IP hash: read the address into bytes, hash the bytes, take the remainder by the number of servers.
 *
 * The work is in "read the address". One IPv6 address has thousands of spellings (RFC 4291 §2.2 allows leading zeros,
 * upper case, `::` anywhere and a dotted tail), and every proxy on the way may write another one; whoever hashes the
 * text sends one client to several servers. So the text becomes sixteen bytes first, and an IPv4 address becomes the
 * IPv6 address that maps it, `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2). What is not exactly one address is refused:
 * guessing would quietly give a client two homes.
 *
 * Trade-offs. The remainder is the simplest choice and the worst one when the fleet changes: from four servers to
 * three it moves three clients of four, where rendezvous hashing (highest hash of server + address wins) moves only
 * those of the server that left. It also balances *addresses*, not requests: five thousand students behind one
 * campus gateway are one client. Where sessions live outside the servers none of this is needed.
 *
 * In real systems. nginx's `ip_hash` hashes only the first three octets of IPv4 (all sixteen bytes of IPv6), so a
 * whole /24 shares a server: `h = (h · 113 + octet) mod 6271`, `ngx_http_upstream_ip_hash_module.c`. HAProxy's
 * `balance source` warns that many clients move when the number of servers changes. Google's Maglev fills a table of
 * 65,537 entries, so that removing a server disturbs little and the spread stays within a percent (NSDI 2016).
 */
export class IpHash implements ClientAffinity {
  readonly #servers: readonly ServerId[];
  readonly #hash: Hash;

  constructor(servers: readonly ServerId[], hash: Hash) {
    if (servers.length === 0) throw new RangeError('servers must name at least one server');
    if (new Set(servers).size < servers.length) throw new RangeError('servers names one server twice');
    this.#servers = [...servers];
    this.#hash = hash;
  }

  pick(ip: string): ServerId {
    const groups = parseV4(ip)?.mapped ?? parseV6(ip);
    if (groups === undefined) throw new TypeError(`ip must be an IPv4 or IPv6 address, not '${ip}'`);
    const bytes = Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
    // The hash is unsigned. `|` or `>>` would make half of its values negative, and so the remainder.
    return this.#servers[this.#hash(bytes) % this.#servers.length]!;
  }
}

/** Eight groups of sixteen bits. */
type Groups = readonly number[];

/** An octet without leading zeros: some systems read `010` as eight. */
const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** The last two groups of an address that ends in dotted decimal, and the whole address that maps it into IPv6. */
function parseV4(text: string): { readonly tail: Groups; readonly mapped: Groups } | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) < 256)) return undefined;
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  const tail = [a * 256 + b, c * 256 + d];
  return { tail, mapped: [0, 0, 0, 0, 0, 0xffff, ...tail] };
}

function parseV6(text: string): Groups | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [readGroups(halves[0]!, halves.length === 1), readGroups(halves[1] ?? '', true)];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  // `::` stands for at least one group of zeros; without it there must be all eight.
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** The groups between colons; the last of the address may be written as dotted decimal. */
function readGroups(text: string, isEnd: boolean): Groups | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = isEnd && index === parts.length - 1 ? parseV4(part) : undefined;
    if (dotted) groups.push(...dotted.tail);
    else if (GROUP.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
