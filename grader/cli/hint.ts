import { readEntry } from '../catalogue.ts';
import { hintsSeen } from '../progress/ladder.ts';
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
  const { climbAndRender, countHints, renderBrief, renderHints } = await import('../feedback/hint.ts');

  if (options.brief === true) {
    const { brief } = await readEntry(exercise);
    console.log(`\n${await renderBrief(page, exercise, brief[language].title, shownPath(exercise.files.stub))}`);
    return 0;
  }
  if (options.all === true) {
    const seen = Math.min(hintsSeen(exercise.id), await countHints(page, exercise));
    console.log(seen === 0 ? ` ${HINT.noneYet[language]}` : `\n${await renderHints(page, exercise, 1, seen)}`);
    return 0;
  }
  console.log(`\n${await climbAndRender(page, exercise)}`);
  return 0;
});
