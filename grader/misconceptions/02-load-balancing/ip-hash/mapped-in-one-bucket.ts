import type { ClientAffinity, Hash, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class IpHash implements ClientAffinity {
  private readonly servers: readonly ServerId[];
  private readonly hash: Hash;

  constructor(servers: readonly ServerId[], hash: Hash) {
    if (servers.length === 0 || new Set(servers).size < servers.length) {
      throw new RangeError('servers must be a list of different names');
    }
    this.servers = [...servers];
    this.hash = hash;
  }

  pick(ip: string): ServerId {
    const bytes = toBytes(ip);
    return this.servers[
      this.hash(Uint8Array.from(bytes.length === 4 ? bytes : bytes.slice(0, 8))) % this.servers.length
    ]!;
  }
}

function ipv4Bytes(text: string): number[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1);
  if (octets.some((octet) => Number(octet) > 255 || String(Number(octet)) !== octet)) return undefined;
  return octets.map(Number);
}

function ipv6Bytes(text: string): number[] | undefined {
  let address = text;
  const cut = address.lastIndexOf(':');
  if (address.slice(cut).includes('.')) {
    const tail = ipv4Bytes(address.slice(cut + 1));
    if (tail === undefined) return undefined;
    const [a, b, c, d] = tail as [number, number, number, number];
    address = `${address.slice(0, cut + 1)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const sides = address.split('::');
  const groups = sides.map((side) => (side === '' ? [] : side.split(':')));
  if (groups.flat().some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const zeros = 8 - groups.flat().length;
  if (sides.length > 2 || (sides.length === 2 ? zeros < 1 : zeros !== 0)) return undefined;
  const all = [...groups[0]!, ...Array<string>(zeros).fill('0'), ...(groups[1] ?? [])];
  return all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

/** Four bytes or sixteen. */
function toBytes(ip: string): number[] {
  const v4 = ipv4Bytes(ip);
  const bytes = v4 ?? ipv6Bytes(ip);
  if (bytes === undefined) throw new TypeError(`ip is not an address: ${ip}`);
  return bytes;
}

export const misconception: Misconception = {
  fails: 'mapped-is-ipv4',
  message: {
    en: 'Of an IPv6 address you hash the first half. In a mapped IPv4 address that half is all zeros, so every such client lands on one server, and on another one than under its IPv4 spelling. Where in `::ffff:203.0.113.9` does the client stand?',
    ko: 'IPv6 주소의 앞쪽 절반만 해싱합니다. 매핑된 IPv4 주소에서는 그 절반이 모두 0이므로 그런 클라이언트가 전부 한 서버로 가고, IPv4로 적었을 때의 서버와도 다릅니다. `::ffff:203.0.113.9`에서 클라이언트는 어디에 적혀 있습니까?',
  },
};
