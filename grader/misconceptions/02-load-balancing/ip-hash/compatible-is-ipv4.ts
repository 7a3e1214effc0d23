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
      this.hash(Uint8Array.from(bytes.slice(0, 10).some((byte) => byte > 0) ? bytes : bytes.slice(12))) %
        this.servers.length
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

/** Sixteen bytes; IPv4 as the address that maps it. */
function toBytes(ip: string): number[] {
  const v4 = ipv4Bytes(ip);
  const bytes = v4 ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...v4] : ipv6Bytes(ip);
  if (bytes === undefined) throw new TypeError(`ip is not an address: ${ip}`);
  return bytes;
}

export const misconception: Misconception = {
  fails: 'whole-address',
  message: {
    en: 'Every address that begins with ten bytes of zero is IPv4 to you. The mapped form has two more bytes that say so; `::203.0.113.9` does not have them and is an IPv6 address of its own. What exactly makes an address a mapped one?',
    ko: '앞의 열 바이트가 0인 주소를 모두 IPv4로 여깁니다. 매핑된 주소에는 그것을 나타내는 두 바이트가 더 있습니다. `::203.0.113.9`에는 그것이 없으므로 다른 IPv6 주소입니다. 정확히 무엇이 있어야 매핑된 주소입니까?',
  },
};
