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

function toBytes(ip: string): number[] {
  const v4 = ipv4Bytes(ip);
  if (v4) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...v4];
  if (!/^[0-9a-f:.]+$/i.test(ip) || ip.split('::').length > 2 || ip.includes(':::')) {
    throw new TypeError(`ip cannot be read: ${ip}`);
  }
  const bytes = ip.split(':').flatMap((group) => {
    const dotted = ipv4Bytes(group);
    if (dotted) return dotted;
    const value = group === '' ? 0 : Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  while (bytes.length < 16) bytes.push(0);
  return bytes;
}

export const misconception: Misconception = {
  fails: 'any-spelling',
  message: {
    en: 'Splitting at the colons turns `::` into a single empty group. It stands for as many groups of zeros as are missing, and everything behind it belongs at the end of the address.',
    ko: '콜론으로 나누면 `::`가 빈 그룹 하나가 됩니다. `::`는 빠진 만큼의 0 그룹을 뜻하며, 그 뒤에 있는 것은 모두 주소의 끝에 놓여야 합니다.',
  },
};
