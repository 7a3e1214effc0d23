import type { ClientAffinity, Hash, ServerId } from '../../../../exercises/02-load-balancing/contract.ts';

/** Hashes text after all, but the one text of RFC 5952; from hash to server by multiplication instead of remainder. */
export class IpHash implements ClientAffinity {
  private readonly pickFor: (text: string) => ServerId;

  constructor(servers: readonly ServerId[], hash: Hash) {
    if (servers.length === 0) throw new RangeError('servers is empty');
    const names = [...new Set(servers)];
    if (names.length !== servers.length) throw new RangeError('servers repeats itself');
    this.pickFor = (text) => {
      const bytes = new Uint8Array(text.length);
      for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      return names[Math.floor((hash(bytes) / 2 ** 32) * names.length)]!;
    };
  }

  pick(ip: string): ServerId {
    const text = canonical(ip);
    if (text === undefined) throw new TypeError(`ip: '${ip}' cannot be read`);
    return this.pickFor(text);
  }
}

function canonical(ip: string): string | undefined {
  if (isDotted(ip)) return ip;
  const lower = ip.toLowerCase();
  const colon = lower.lastIndexOf(':');
  const end = lower.slice(colon + 1);
  if (isDotted(end)) {
    const [a = 0, b = 0, c = 0, d = 0] = end.split('.').map(Number);
    return canonicalHex(`${lower.slice(0, colon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`);
  }
  return canonicalHex(lower);
}

function canonicalHex(text: string): string | undefined {
  const double = text.indexOf('::');
  const expanded = double === -1 ? text : expand(text.slice(0, double), text.slice(double + 2));
  const groups = expanded?.split(':');
  if (groups?.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  const values = groups.map((group) => Number.parseInt(group, 16));
  if (values.slice(0, 5).every((value) => value === 0) && values[5] === 0xffff) {
    const [high, low] = [values[6]!, values[7]!];
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return shorten(values.map((value) => value.toString(16)));
}

function expand(before: string, after: string): string | undefined {
  const given = [before, after].flatMap((side) => (side === '' ? [] : side.split(':'))).length;
  if (given > 7) return undefined;
  return [
    before,
    Array(8 - given)
      .fill('0')
      .join(':'),
    after,
  ]
    .filter((side) => side !== '')
    .join(':');
}

/** The longest run of zeros, the first of equals, becomes `::`. */
function shorten(groups: readonly string[]): string {
  const runs = `:${groups.join(':')}:`.match(/(?<=:)(?:0:)+/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  const text = `${groups.join(':')}:`;
  return longest.length < 4 ? text.slice(0, -1) : text.replace(longest, ':');
}

function isDotted(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && `${+part}` === part && +part <= 255);
}
