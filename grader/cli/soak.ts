import { parseArgs } from 'node:util';
import { type Candidate, listCandidates, type Surprise, surprises } from '../candidates.ts';
import { type Exercise, listExercises } from '../catalogue.ts';
import { selectExercises } from '../select.ts';
import { soakFixtures } from './soak-fixtures.ts';

/**
 * `npm run soak [exercise…] [-- --seeds 100]`, for authors: the reference, the right answers unlike it and the wrong
 * ones on many seeds. One that passes or fails by luck shows up here. `-- --right` leaves the wrong ones out.
 * `-- --fixtures [--repeats 20]` grades the files of the judge's own tests over and over instead: no verdict may
 * change. Exit codes as everywhere: 0, 1, 2.
 */
const DEFAULT_SEEDS = 100;
const DEFAULT_REPEATS = 20;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string' },
    right: { type: 'boolean' },
    fixtures: { type: 'boolean' },
    repeats: { type: 'string' },
  },
});
const seeds = wholeNumber('seeds', values.seeds, DEFAULT_SEEDS);
const repeats = wholeNumber('repeats', values.repeats, DEFAULT_REPEATS);

let surprised = values.fixtures === true ? await soakFixtures(repeats, console.log) : 0;
for (const exercise of values.fixtures === true ? [] : chosen()) {
  console.log(`\n${exercise.id}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`);
  for (const candidate of listCandidates(exercise)) {
    if (values.right === true && candidate.kind === 'misconception') continue;
    const startedAt = performance.now();
    const found = await watched(exercise, candidate);
    if (found.length > 0) surprised += 1;
    tell(candidate, found, (performance.now() - startedAt) / seeds);
  }
}
console.log(surprised === 0 ? '\nEverything as expected.' : `\n${surprised} not as expected.`);
process.exit(surprised === 0 ? 0 : 1);

async function watched(exercise: Exercise, candidate: Candidate): Promise<Surprise[]> {
  const line = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);
  const found = await surprises(exercise, candidate, seeds, (seed) => line(`   ${candidate.name} ${seed}/${seeds}`));
  line('');
  return found;
}

function tell({ kind, name }: Candidate, found: readonly Surprise[], msPerSeed: number): void {
  const verdict = kind === 'misconception' ? 'fails as named' : 'passes';
  const sign = found.length === 0 ? '✓' : '✗';
  const share = found.length === 0 ? verdict : `surprises on ${found.length} of ${seeds}`;
  console.log(` ${sign} ${kind.padEnd(13)} ${name.padEnd(28)} ${share.padEnd(22)} ${msPerSeed.toFixed(0)} ms a seed`);
  for (const { seed, what } of found.slice(0, 5)) console.log(`     seed ${seed}: ${what}`);
  if (found.length > 5) console.log(`     … and ${found.length - 5} more`);
}

function chosen(): Exercise[] {
  const all = listExercises();
  if (positionals.length === 0) return all;
  return positionals.flatMap((typed) => {
    const selection = selectExercises(all, typed);
    if (selection.kind === 'found') return selection.exercises;
    const near = selection.kind === 'ambiguous' ? `could be ${selection.ids.join(', ')}` : 'is no exercise';
    return usage(`${typed} ${near}. Known: ${all.map(({ id }) => id).join(', ')}`);
  });
}

function wholeNumber(option: string, typed: string | undefined, otherwise: number): number {
  const value = Number(typed ?? otherwise);
  return Number.isSafeInteger(value) && value >= 1
    ? value
    : usage(`--${option} must be a whole number from 1 on, not ${typed}`);
}

function usage(complaint: string): never {
  console.error(complaint);
  process.exit(2);
}
