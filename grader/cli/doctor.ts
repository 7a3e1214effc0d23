import { padEnd, paragraph, widthOf } from '../feedback/page.ts';
import { DIAGNOSIS } from '../text/doctor.ts';
import { createCommand, parse, runCommand } from './command.ts';
import { examine, type Finding } from './doctor-checks.ts';
import { pageFor } from './terminal.ts';

await runCommand(async (call) => {
  const { language } = call;
  parse(createCommand('doctor', language), call);
  const page = pageFor(process.stdout, language);
  const { green, red, yellow, dim } = page.colors;
  const marks: Record<Finding['state'], string> = { fine: green('✓'), optional: yellow('!'), broken: red('✗') };
  const findings = await examine();
  const column = Math.max(...findings.map(({ name }) => widthOf(name[language]))) + 2;

  const lines = findings.flatMap(({ name, state, detail, mend }) => [
    ` ${marks[state]} ${padEnd(name[language], column)}${dim(typeof detail === 'string' ? detail : detail[language])}`,
    ...(state === 'fine' ? [] : [...paragraph(page, mend[language], 5)]),
  ]);
  const broken = findings.filter((finding) => finding.state === 'broken').length;
  console.log(`\n${lines.map((line) => line.trimEnd()).join('\n')}\n`);
  console.log(` ${(broken === 0 ? DIAGNOSIS.well : DIAGNOSIS.ill(broken))[language]}\n`);
  return broken === 0 ? 0 : 1;
});
