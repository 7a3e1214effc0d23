import fc from 'fast-check';

/** One spelling of one IPv6 address. */
export interface Spelling {
  readonly groups: readonly number[];
  readonly text: string;
}

const group = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 0xffff }) });

/** Eight groups of sixteen bits, zeros among them more often than chance would have it. */
export const v6Groups = fc.array(group, { minLength: 8, maxLength: 8 });

export const v4Octets = fc.tuple(...Array.from({ length: 4 }, () => fc.nat({ max: 255 })));

interface Style {
  /** Leading zeros per group, at most to four digits. */
  readonly zeros: readonly number[];
  readonly upper: readonly boolean[];
  /** The last two groups as dotted decimal. */
  readonly dotted: boolean;
  /** Which run of zeros `::` stands for, counted over all there are; undefined for none. */
  readonly gap: number | undefined;
}

export const style: fc.Arbitrary<Style> = fc.record({
  zeros: fc.array(fc.nat({ max: 3 }), { minLength: 8, maxLength: 8 }),
  upper: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  dotted: fc.boolean(),
  gap: fc.option(fc.nat({ max: 40 }), { nil: undefined }),
});

/** Writes an address as RFC 4291 §2.2 allows: any case, any leading zeros, `::` for any run, a dotted tail. */
export function spell(groups: readonly number[], { zeros, upper, dotted, gap }: Style): string {
  const written = groups.map((value, place) => {
    const hex = value.toString(16);
    const padded = hex.padStart(Math.min(4, hex.length + zeros[place]!), '0');
    return upper[place] ? padded.toUpperCase() : padded;
  });
  const parts = dotted ? [...written.slice(0, 6), dottedTail(groups)] : written;
  const runs = zeroRuns(dotted ? groups.slice(0, 6) : groups);
  if (gap === undefined || runs.length === 0) return parts.join(':');
  const [from, to] = runs[gap % runs.length]!;
  return `${parts.slice(0, from).join(':')}::${parts.slice(to).join(':')}`;
}

/** The plainest spelling: lower case, nothing shortened but leading zeros. */
export function plain(groups: readonly number[]): string {
  return groups.map((value) => value.toString(16)).join(':');
}

function dottedTail(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((value) => [value >> 8, value & 0xff])
    .join('.');
}

/** All stretches of zero groups, parts of longer ones included. */
function zeroRuns(groups: readonly number[]): (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (let from = 0; from < groups.length; from++) {
    for (let to = from + 1; to <= groups.length && groups[to - 1] === 0; to++) runs.push([from, to]);
  }
  return runs;
}

/** These numbers in every order. */
export function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

/** Everything here is nearly an address, and none of it is one. */
export const NO_ADDRESSES: readonly string[] = [
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '256.1.1.1',
  '1.2.3.256',
  '1.2.3.1000',
  '01.2.3.4',
  '1.2.3.00',
  '1.2.3.4 ',
  ' 1.2.3.4',
  '1.2. 3.4',
  '1.2.3.-4',
  '1.2.3.+4',
  '1.2.3.0x4',
  '1.2.3.1e1',
  '1.2.3.4:80',
  '1.2.3.4/24',
  '1,2,3,4',
  '1.2.3.4.',
  ':',
  ':::',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',
  '1:2:3:4::5:6:7:8',
  '1::2::3',
  '::1::',
  ':1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8:',
  '1:2:3:4:5:6:7:',
  ':1::2',
  '1::2:',
  '12345::1',
  '::00001',
  '::g',
  '::-1',
  ':: 1',
  '::1 ',
  '::0x1',
  'fe80::1%eth0',
  '[::1]',
  '[::1]:80',
  '2001:db8::/32',
  '::1.2.3',
  '::1.2.3.4.5',
  '::1.2.3.256',
  '::ffff:01.2.3.4',
  '::1.2.3.4:5',
  '1.2.3.4::',
  '1:2:3:4:5:6:7:1.2.3.4',
  '1:2:3:4:5:1.2.3.4',
  '::1.2.3.4%1',
  'localhost',
  '7',
  '',
  ' ',
];
