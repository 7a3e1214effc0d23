import { parseArgs } from 'node:util';
import { listExercises } from '../catalogue.ts';
import { type Fate, hunt } from '../mutation/hunt.ts';
import { isExcused, readExcused } from '../mutation/survivors.ts';

/**
 * `npm run mutation [exercise…]`, for authors: changes each solution in every small way that Stryker knows and counts how
 * many changes the hidden suite notices. A survivor is a hole in the suite, or a right answer to be listed with its reason.
 */
const PROMISED = 0.95;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, verbose: { type: 'boolean' } },
});
const all = listExercises();
const unknown = positionals.find((id) => !all.some((exercise) => exercise.id === id || exercise.lesson === id));
if (unknown !== undefined) {
  console.error(`There is no exercise "${unknown}". There are: ${all.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}

const rows = [];
for (const exercise of all) {
  if (positionals.length > 0 && !positionals.includes(exercise.id) && !positionals.includes(exercise.lesson)) continue;
  const excused = readExcused(exercise);
  const fates: Fate[] = [];
  let mutants = 0;
  for await (const fate of hunt(exercise, (count) => {
    mutants = count;
  })) {
    fates.push(fate);
    if (process.stderr.isTTY) process.stderr.write(`\r${exercise.id}: ${fates.length} of ${mutants} mutants `);
    if (values.verbose) console.error(`${fate.killedBy ?? 'LIVES'}  ${describe(fate)}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const survivors = fates.filter(({ killedBy }) => killedBy === undefined);
  const listed = survivors.filter(({ mutant }) => isExcused(mutant, excused));
  const holes = survivors.filter(({ mutant }) => !isExcused(mutant, excused));
  const judged = fates.length - listed.length;
  const score = judged === 0 ? 1 : (judged - holes.length) / judged;
  rows.push({ exercise: exercise.id, mutants: fates.length, equivalent: listed.length, survived: holes.length, score });
  if (!values.json) {
    const share = `${(100 * score).toFixed(1)} %`;
    console.log(`${exercise.id}: ${share} of ${judged} mutants killed, ${listed.length} equivalent (listed)`);
    for (const hole of holes) console.log(`  lives  ${describe(hole)}`);
  }
}
if (values.json) console.log(JSON.stringify({ version: 1, promised: PROMISED, rows }, null, 2));
process.exitCode = rows.every(({ score }) => score >= PROMISED) ? 0 : 1;

function describe({ mutant: { line, mutator, original, replacement } }: Fate): string {
  return `line ${line}  ${mutator}  ${clip(original)}  =>  ${clip(replacement)}`;
}

function clip(code: string): string {
  return code.length > 70 ? `${code.slice(0, 69)}…` : code;
}
