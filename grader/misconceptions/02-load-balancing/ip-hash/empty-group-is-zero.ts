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
    en: 'Splitting at the colons turns `::` into one empty group, and you read it as one group of zeros. How many groups does an address have, and how many are missing in this one?',
    ko: '콜론으로 나누면 `::`가 빈 그룹 하나가 되고, 그것을 0 그룹 하나로 읽습니다. 주소 하나는 그룹 몇 개로 이루어지며, 이 주소에는 몇 개가 빠져 있습니까?',
  },
};
