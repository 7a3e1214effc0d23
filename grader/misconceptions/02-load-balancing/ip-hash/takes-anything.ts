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

function octets(text: string): number[] {
  const bytes = text.split('.').map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => Number.isNaN(byte) || byte > 255)) {
    throw new TypeError(`not a valid ip: ${text}`);
  }
  return bytes;
}

function toBytes(ip: string): number[] {
  if (!ip.includes(':')) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...octets(ip)];
  const [head = '', tail = ''] = ip.split('::');
  const read = (side: string) =>
    side
      .split(':')
      .filter((part) => part !== '')
      .flatMap((part) => {
        if (part.includes('.')) return octets(part);
        const value = Number.parseInt(part, 16);
        if (Number.isNaN(value)) throw new TypeError(`not a valid ip: ${ip}`);
        return [value >> 8, value & 255];
      });
  const [before, after] = [read(head), read(tail)];
  return [...before, ...Array<number>(Math.max(0, 16 - before.length - after.length)).fill(0), ...after];
}

export const misconception: Misconception = {
  fails: 'refuses-non-addresses',
  message: {
    en: 'Your reading of the text is generous: `Number` and `parseInt` between them accept empty text, blanks, signs, exponents, leading zeros and rubbish after the digits, and missing or surplus parts pass unnoticed. Which characters may a part of an address contain, and how many parts are there?',
    ko: '텍스트를 너무 너그럽게 읽습니다. `Number`나 `parseInt`는 빈 텍스트, 공백, 부호, 지수, 앞자리 0, 숫자 뒤의 군더더기를 받아들이고, 모자라거나 남는 부분도 그냥 지나칩니다. 주소의 각 부분에는 어떤 글자만 쓸 수 있으며, 부분은 몇 개입니까?',
  },
};
