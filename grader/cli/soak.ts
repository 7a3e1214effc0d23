import { parseArgs } from 'node:util';
import { type Candidate, listCandidates, type Surprise, surprises } from '../candidates.ts';
import { type Exercise, listExercises } from '../catalogue.ts';
import { selectExercises } from '../select.ts';

/**
 * `npm run soak [exercise…] [-- --seeds 100]`, for authors: the reference, the right answers unlike it and the wrong
 * ones on many seeds. One that passes or fails by luck shows up here. Exit codes as everywhere: 0, 1, 2.
 */
const DEFAULT_SEEDS = 100;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seeds: { type: 'string' } } });
const seeds = Number(values.seeds ?? DEFAULT_SEEDS);
if (!Number.isSafeInteger(seeds) || seeds < 1) usage(`--seeds must be a whole number from 1 on, not ${values.seeds}`);

let surprised = 0;
for (const exercise of chosen()) {
  console.log(`\n${exercise.id}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`);
  for (const candidate of listCandidates(exercise)) {
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

function usage(complaint: string): never {
  console.error(complaint);
  process.exit(2);
}
