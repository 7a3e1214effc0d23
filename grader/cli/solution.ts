import { renderSolution } from '../feedback/solution.ts';
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
  const exercise = chooseOne(command.args[0] ?? '', language);
  const { id, files } = exercise;
  const options = command.opts<{ giveUp?: boolean; plain?: boolean }>();

  const reference = readText(files.solution);
  if (reference === undefined) throw new UsageError(SOLUTION.none(id)[language]);
  const { passed, gaveUp } = stateOf(readState(), id);
  if (!passed && !gaveUp && options.giveUp !== true) {
    console.error(` ${SOLUTION.notYet(id)[language]}\n ${SOLUTION.giveUp(id)[language]}`);
    return 1;
  }
  if (!passed && !gaveUp) updateExercise(id, (state) => ({ ...state, gaveUp: true }));

  if (options.plain === true) {
    process.stdout.write(reference);
    return 0;
  }
  const page = { ...pageFor(process.stdout, language), width: process.stdout.columns ?? 80 };
  process.stdout.write(`\n${renderSolution(page, exercise, shownPath(exercise.files.stub))}`);
  return 0;
});
