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
    if (ipv4Bytes(ip) === undefined && ipv6Bytes(ip) === undefined) throw new TypeError(`ip is invalid: ${ip}`);
    const text = Uint8Array.from(ip.replace(/^::ffff:(?=.*\.)/i, ''), (character) => character.charCodeAt(0));
    return this.servers[this.hash(text) % this.servers.length]!;
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

export const misconception: Misconception = {
  fails: 'any-spelling',
  message: {
    en: 'You hash the text of the address. Upper case, a leading zero or `::` in another place gives other text and so another server, although it is the same client. What is the same in all spellings of an address?',
    ko: '주소의 텍스트를 해싱합니다. 대문자를 쓰거나 앞에 0을 붙이거나 `::`의 자리가 달라지면 텍스트가 달라지고, 같은 클라이언트인데도 다른 서버로 갑니다. 한 주소의 모든 표기에서 똑같은 것은 무엇입니까?',
  },
};
