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
    return this.servers[this.hash(Uint8Array.from(bytes)) % this.servers.length]!;
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
  if (bytes === undefined) throw new Error(`ip is not an address: ${ip}`);
  return bytes;
}

export const misconception: Misconception = {
  fails: 'refuses-non-addresses',
  message: {
    en: 'You refuse what is no address, but not with the error that was agreed on. Whoever calls you tells a bad argument from a broken balancer by the error’s type and by the name in its message. Which type does the brief ask for?',
    ko: '주소가 아닌 것을 거부하지만 약속한 오류가 아닙니다. 호출하는 쪽은 오류의 타입과 메시지에 담긴 이름으로 잘못된 인자와 고장 난 로드 밸런서를 구별합니다. 실습 설명이 요구하는 타입은 무엇입니까?',
  },
};
