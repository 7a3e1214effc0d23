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
    const network = Uint8Array.from(bytes[0] === 0 ? bytes : bytes.slice(0, 8));
    return this.servers[this.hash(network) % this.servers.length]!;
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
    en: 'Of an IPv6 address you use the front part only, the network, so everybody in one /64 (a campus, a conference, a data centre) lands on the same server. How much of the address does the brief want to count?',
    ko: 'IPv6 주소에서 네트워크를 나타내는 앞부분만 사용하므로, 하나의 /64 안에 있는 모두(캠퍼스, 행사장, 데이터 센터)가 같은 서버로 갑니다. 실습 설명은 주소를 얼마만큼 쓰라고 합니까?',
  },
};
