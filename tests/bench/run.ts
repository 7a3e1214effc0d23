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
if (values.json) console.log(JSON.stringify({ version: 1, rows }, null, 2));

function describe({ name, value, unit, baseline, ratio, promise }: Row): string {
  const figure = `${name}: ${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`;
  if (ratio === undefined) return figure;
  return `${figure} · ${ratio.toFixed(2)} × ${baseline ?? 'baseline'}${promised(ratio, promise)}`;
}

function promised(ratio: number, promise: Row['promise']): string {
  if (!promise) return '';
  const [kept, words] =
    'atMost' in promise
      ? [ratio <= promise.atMost, `at most ${promise.atMost}`]
      : [ratio >= promise.atLeast, `at least ${promise.atLeast}`];
  return kept ? ` (promised: ${words})` : ` (promised: ${words}: NOT KEPT)`;
}
