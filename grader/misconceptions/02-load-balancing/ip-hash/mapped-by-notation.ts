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
    const embedded = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
    const bytes = ipv4Bytes(embedded ?? ip) ?? ipv6Bytes(ip);
    if (bytes === undefined) throw new TypeError(`ip is not an address: ${ip}`);
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

export const misconception: Misconception = {
  fails: 'mapped-is-ipv4',
  message: {
    en: 'You recognise a mapped IPv4 address by how it is written, not by what it is. The same sixteen bytes in hexadecimal, or with the zeros spelt out, are a stranger to you. When do you look, before or after reading the text into bytes?',
    ko: '매핑된 IPv4 주소를 그 값이 아니라 적힌 모양으로 알아봅니다. 같은 열여섯 바이트를 십육진수로 적거나 0을 풀어 적으면 알아보지 못합니다. 텍스트를 바이트로 읽기 전에 확인합니까, 읽은 뒤에 확인합니까?',
  },
};
