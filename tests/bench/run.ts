import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Row } from './row.ts';

/** `npm run bench [name…] [-- --json]`: every file of this folder that exports `bench`, one after another. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });

const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.ts'));
const names = files.map((file) => file.slice(0, -3)).filter((name) => name !== 'run' && name !== 'row');
const unknown = positionals.find((name) => !names.includes(name));
if (unknown) {
  console.error(`No benchmark "${unknown}". There are: ${names.join(', ')}`);
  process.exit(2);
}

const rows: Row[] = [];
for (const name of names.filter((each) => positionals.length === 0 || positionals.includes(each))) {
  process.stderr.write(`measuring ${name} …\n`);
  const { bench } = (await import(`./${name}.ts`)) as { bench: () => Promise<readonly Row[]> };
  for (const row of await bench()) {
    rows.push(row);
    if (!values.json) console.log(describe(row));
  }
}
if (rows.some((row) => !isKept(row))) process.exitCode = 1;
if (values.json) console.log(JSON.stringify({ version: 1, rows }, null, 2));

function describe(row: Row): string {
  const { name, value, unit, baseline, ratio } = row;
  const figure = `${name}: ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`;
  if (ratio === undefined) return figure;
  return `${figure} · ${ratio.toFixed(2)} × ${baseline ?? 'baseline'}${promised(row)}`;
}

function promised(row: Row): string {
  if (row.ratio === undefined || row.promise === undefined) return '';
  const words = 'atMost' in row.promise ? `at most ${row.promise.atMost}` : `at least ${row.promise.atLeast}`;
  return ` (promised: ${words}${isKept(row) ? '' : ': NOT KEPT'})`;
}

function isKept({ ratio, promise }: Row): boolean {
  if (ratio === undefined || promise === undefined) return true;
  return 'atMost' in promise ? ratio <= promise.atMost : ratio >= promise.atLeast;
}
