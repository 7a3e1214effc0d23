import { compareLines, renderDiff } from '../feedback/diff.ts';
import { readText } from '../progress/backups.ts';
import { readState, stateOf, updateExercise } from '../progress/state.ts';
import { USAGE } from '../text/commands.ts';
import { SOLUTION } from '../text/tools.ts';
import { chooseOne } from './choose.ts';
import { createCommand, parse, runCommand, UsageError } from './command.ts';
import { pageFor, shownPath } from './terminal.ts';

await runCommand(async (call) => {
  const { language } = call;
  const command = createCommand('solution', language)
    .argument('<exercise>', USAGE.oneExercise[language])
    .option('--give-up', USAGE.giveUp[language])
    .option('--plain', USAGE.plain[language]);
  parse(command, call);
  const { id, files } = chooseOne(command.args[0] ?? '', language);
  const options = command.opts<{ giveUp?: boolean; plain?: boolean }>();

  const reference = readText(files.solution);
  if (reference === undefined) throw new UsageError(SOLUTION.none(id)[language]);
  const { passed, gaveUp } = stateOf(readState(), id);
  if (!passed && !gaveUp && options.giveUp !== true) {
    console.error(` ${SOLUTION.notYet(id)[language]}\n ${SOLUTION.giveUp(id)[language]}`);
    return 1;
  }
  if (!passed && !gaveUp) updateExercise(id, (state) => ({ ...state, gaveUp: true }));

  const own = readText(files.stub);
  if (options.plain === true || own === undefined) {
    process.stdout.write(reference);
    return 0;
  }
  const rows = compareLines(own, reference);
  if (rows.every((row) => row.kind === 'same')) console.log(` ${SOLUTION.same[language]}\n`);
  const page = { ...pageFor(process.stdout, language), width: process.stdout.columns ?? 80 };
  const yours = `${SOLUTION.yours[language]} ${shownPath(files.stub)}`;
  process.stdout.write(`\n${renderDiff(page, rows, yours, SOLUTION.reference[language])}`);
  return 0;
});
