import { readEntry } from '../catalogue.ts';
import { climb, hintsSeen } from '../progress/ladder.ts';
import { USAGE } from '../text/commands.ts';
import { HINT } from '../text/tools.ts';
import { chooseOne } from './choose.ts';
import { createCommand, parse, runCommand } from './command.ts';
import { pageFor, shownPath } from './terminal.ts';

await runCommand(async (call) => {
  const { language } = call;
  const command = createCommand('hint', language)
    .argument('<exercise>', USAGE.oneExercise[language])
    .option('--all', USAGE.all[language])
    .option('--brief', USAGE.brief[language]);
  parse(command, call);
  const exercise = chooseOne(command.args[0] ?? '', language);
  const options = command.opts<{ all?: boolean; brief?: boolean }>();
  const page = pageFor(process.stdout, language);
  const { renderBrief, renderHints, countHints } = await import('../feedback/hint.ts');

  if (options.brief === true) {
    const { brief } = await readEntry(exercise);
    console.log(`\n${await renderBrief(page, exercise, brief[language].title, shownPath(exercise.files.stub))}`);
    return 0;
  }
  const total = await countHints(page, exercise);
  if (total === 0) {
    console.log(` ${HINT.none[language]}`);
    return 0;
  }
  if (options.all === true) {
    const seen = Math.min(hintsSeen(exercise.id), total);
    console.log(seen === 0 ? ` ${HINT.noneYet[language]}` : `\n${await renderHints(page, exercise, 1, seen)}`);
    return 0;
  }
  const rung = climb(exercise.id, total);
  console.log(`\n${await renderHints(page, exercise, rung, rung)}`);
  return 0;
});
