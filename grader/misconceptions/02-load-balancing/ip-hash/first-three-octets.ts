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
    const isV4 = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
    const network = Uint8Array.from(isV4 ? bytes.slice(12, 15) : bytes);
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
    en: 'The last octet of an IPv4 address plays no part, so all 256 neighbours of one network share a server. Some real balancers do exactly that on purpose. What does the brief say about neighbours?',
    ko: 'IPv4 주소의 마지막 옥텟을 쓰지 않으므로 한 네트워크의 이웃 256개가 서버 하나를 함께 씁니다. 일부러 그렇게 하는 실제 로드 밸런서도 있습니다. 실습 설명은 이웃을 어떻게 하라고 합니까?',
  },
};
