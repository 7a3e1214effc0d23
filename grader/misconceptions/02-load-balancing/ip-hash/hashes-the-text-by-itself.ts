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
    if (ipv4Bytes(ip) === undefined && ipv6Bytes(ip) === undefined) throw new TypeError(`ip is invalid: ${ip}`);
    let sum = 0x811c9dc5;
    for (const character of ip) sum = Math.imul(sum ^ character.charCodeAt(0), 0x01000193);
    return this.servers[((sum ^ (sum >>> 15)) >>> 0) % this.servers.length]!;
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
  fails: 'same-client',
  message: {
    en: 'The text of the address goes through a hash of your own, character by character, and the hash that was handed over is never asked. Two things follow: balancers with one hash do not agree, and another spelling of an address is another client. Look at what the constructor is given, and then at what is the same in all spellings of an address.',
    ko: '주소의 텍스트를 한 글자씩 직접 만든 해시에 넣고, 넘겨받은 해시는 한 번도 부르지 않습니다. 그래서 두 가지가 어긋납니다. 같은 해시를 넘겨받은 로드 밸런서들의 답이 서로 다르고, 같은 주소라도 다르게 적으면 다른 클라이언트가 됩니다. 생성자가 무엇을 받는지, 그리고 한 주소의 모든 표기에서 똑같은 것은 무엇인지 차례로 살펴보십시오.',
  },
};
