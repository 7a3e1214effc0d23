import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { courseRoot } from '../catalogue.ts';
import { readText } from '../progress/backups.ts';
import { progressFolder } from '../progress/state.ts';
import { USAGE } from '../text/commands.ts';
import { TRY } from '../text/try.ts';
import { chooseOne } from './choose.ts';
import { createCommand, parse, runCommand } from './command.ts';
import { examplesIn, exportedNames, toSpec } from './examples.ts';
import { shownPath } from './terminal.ts';

const STAND_INS = fileURLToPath(new URL('./stand-ins.ts', import.meta.url));

await runCommand(async (call) => {
  const { language } = call;
  const command = createCommand('try', language)
    .argument('<exercise>', USAGE.oneExercise[language])
    .option('--debug', TRY.debug[language]);
  parse(command, call);
  const { id, files } = chooseOne(command.args[0] ?? '', language);
  const examples = examplesIn(readFileSync(files.brief[language], 'utf8'));
  if (examples.length === 0) {
    console.log(` ${TRY.none(id)[language]}`);
    return 1;
  }

  const folder = join(progressFolder(), 'try');
  const spec = join(folder, `${id}.spec.ts`);
  const from = (file: string) => `./${relative(dirname(spec), file).replaceAll('\\', '/')}`.replace('./../', '../');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    spec,
    toSpec({
      examples,
      title: `${id}: ${TRY.title[language]}`,
      module: from(files.stub),
      names: exportedNames(readText(files.pristine) ?? readText(files.stub) ?? ''),
      standIns: from(STAND_INS),
      standInNames: exportedNames(readFileSync(STAND_INS, 'utf8')),
      open: (name) => TRY.open(name)[language],
    }),
  );
  console.log(` ${TRY.running(shownPath(spec))[language]}`);

  const { startVitest } = await import('vitest/node');
  const { debug } = command.opts<{ debug?: boolean }>();
  const vitest = await startVitest('test', [], {
    config: false,
    root: courseRoot,
    include: [`${id}.spec.ts`],
    dir: folder,
    watch: false,
    testTimeout: debug ? 0 : 10_000,
    ...(debug ? { inspectBrk: true, fileParallelism: false } : {}),
  });
  const failed = (vitest?.state.getCountOfFailedTests() ?? 1) > 0 || process.exitCode === 1;
  await vitest?.close();
  process.exitCode = 0;
  return failed ? 1 : 0;
});
