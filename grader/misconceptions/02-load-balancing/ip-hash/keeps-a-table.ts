import type { ClientAffinity, Hash, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';
import type { Misconception } from '../../../suite.ts';

export class IpHash implements ClientAffinity {
  private readonly servers: readonly ServerId[];
  private readonly homes = new Map<string, ServerId>();

  constructor(servers: readonly ServerId[], _hash: Hash) {
    if (servers.length === 0 || new Set(servers).size < servers.length) {
      throw new RangeError('servers must be a list of different names');
    }
    this.servers = [...servers];
  }

  pick(ip: string): ServerId {
    const bytes = toBytes(ip);
    const client = bytes.join();
    const home = this.homes.get(client) ?? this.servers[this.homes.size % this.servers.length]!;
    this.homes.set(client, home);
    return home;
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
  fails: 'same-client',
  message: {
    en: 'Where a client goes depends on who came before: an instance that has met other clients, or none, sends it elsewhere. So it is with a table of who went where. It keeps clients at home only in this one instance and until it restarts, and it grows with every visitor. What would let a second balancer give the same answer without having seen the first?',
    ko: '클라이언트가 가는 서버가 앞서 누가 왔는지에 달려 있습니다. 다른 클라이언트를 만났거나 아무도 만나지 않은 인스턴스는 그 클라이언트를 다른 서버로 보냅니다. 누가 어디로 갔는지 적어 둔 표가 그렇습니다. 표는 이 인스턴스 안에서, 다시 시작할 때까지만 클라이언트의 자리를 지켜 주고 방문자가 올 때마다 커집니다. 두 번째 로드 밸런서가 첫 번째를 본 적도 없이 같은 답을 내려면 무엇이 필요합니까?',
  },
};
