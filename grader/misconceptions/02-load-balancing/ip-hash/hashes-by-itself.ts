import type { ClientAffinity, Hash, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class IpHash implements ClientAffinity {
  private readonly servers: readonly ServerId[];

  constructor(servers: readonly ServerId[], _hash: Hash) {
    if (servers.length === 0 || new Set(servers).size < servers.length) {
      throw new RangeError('servers must be a list of different names');
    }
    this.servers = [...servers];
  }

  pick(ip: string): ServerId {
    const bytes = toBytes(ip);
    return this.servers[hashOf(bytes) % this.servers.length]!;
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

/** FNV-1a with its halves folded together: the lowest bits alone depend on too little. */
function hashOf(bytes: readonly number[]): number {
  const hash = bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export const misconception: Misconception = {
  fails: 'same-client',
  message: {
    en: 'The hash that was handed over gives everybody the same number in this case, and yet clients are spread: your code computes a number of its own and never asks for that one. Two balancers that are to agree on every client must use one hash, whoever wrote them. What is the second argument of the constructor for?',
    ko: '이 경우에는 넘겨받은 해시가 모두에게 같은 수를 내는데도 클라이언트가 나뉩니다. 코드가 수를 직접 계산하고 넘겨받은 해시에는 묻지 않는다는 뜻입니다. 모든 클라이언트에 대해 같은 답을 내야 하는 두 로드 밸런서는 누가 만들었든 같은 해시를 써야 합니다. 생성자의 두 번째 인수는 무엇을 위한 것입니까?',
  },
};
