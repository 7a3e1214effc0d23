import { keepBackup, listBackups, putStubBack, readText, restoreBackup } from '../progress/backups.ts';
import { USAGE } from '../text/commands.ts';
import { RESET } from '../text/tools.ts';
import { chooseOne } from './choose.ts';
import { createCommand, parse, runCommand, UsageError } from './command.ts';
import { shownPath } from './terminal.ts';

await runCommand(async (call) => {
  const { language } = call;
  const command = createCommand('reset', language)
    .argument('<exercise>', USAGE.oneExercise[language])
    .option('--restore [name]', RESET.restore[language]);
  parse(command, call);
  const exercise = chooseOne(command.args[0] ?? '', language);
  const { id, files } = exercise;
  const { restore } = command.opts<{ restore?: string | true }>();
  const shown = shownPath(files.stub);

  if (restore !== undefined) {
    const backups = listBackups(id);
    const name = restore === true ? backups.at(-1) : backups.find((one) => one === restore);
    if (name === undefined) throw new UsageError(RESET.noBackup(id, backups.join(', '))[language]);
    restoreBackup(exercise, name);
    console.log(` ${RESET.restored(shown, name)[language]}`);
    return 0;
  }

  const pristine = readText(files.pristine);
  if (pristine === undefined) throw new UsageError(RESET.noStub(id)[language]);
  if (readText(files.stub) === pristine) {
    console.log(` ${RESET.already(shown)[language]}`);
    return 0;
  }
  const kept = keepBackup(exercise);
  putStubBack(exercise);
  console.log(` ${RESET.done(shown)[language]}`);
  if (kept !== undefined) {
    console.log(` ${RESET.kept[language]}\n\n   npm run reset ${id} -- --restore ${kept}\n`);
  }
  return 0;
});
