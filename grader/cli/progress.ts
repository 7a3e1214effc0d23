import { readCatalogue } from '../catalogue.ts';
import { renderProgress } from '../feedback/progress.ts';
import { readState } from '../progress/state.ts';
import { PROGRESS } from '../text/progress.ts';
import { createCommand, parse, runCommand } from './command.ts';
import { pageFor } from './terminal.ts';

await runCommand(async (call) => {
  const { language } = call;
  parse(createCommand('progress', language), call);
  const catalogue = await readCatalogue();
  if (catalogue.length === 0) {
    console.log(` ${PROGRESS.empty[language]}`);
    return 0;
  }
  console.log(`\n${renderProgress(pageFor(process.stdout, language), catalogue, readState())}`);
  return 0;
});
