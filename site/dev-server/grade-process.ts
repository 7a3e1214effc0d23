import { resolve } from 'node:path';
import { grade } from '../../grader/grade.ts';
import { recordVerdicts } from '../../grader/progress/record.ts';
import { DEFAULT_SEED } from '../../grader/seed.ts';
import type { GradeEvent } from './grade-event.ts';

/*
 * The process in which the dev server grades: exercise, file and language as arguments, `GradeEvent`s over IPC. It ends
 * with whoever asked. The course's own files count as attempts, as they do on the command line.
 */
const [exercise = '', file = '', language] = process.argv.slice(2);
process.on('disconnect', () => process.exit());

try {
  const [verdict] = await grade([{ exercise, file }], {
    seed: DEFAULT_SEED,
    language: language === 'ko' ? 'ko' : 'en',
    // The editor shows what the compiler says; the page shows the verdict.
    typecheck: false,
    onProgress: ({ exercise: _, done: __, total: ___, ...step }) => tell(step),
  });
  if (verdict === undefined) throw new Error(`no verdict on ${exercise}`);
  if (file === resolve('exercises', verdict.lesson, `${exercise}.ts`)) remember([verdict]);
  tell({ is: 'verdict', verdict }, leave);
} catch (error) {
  tell({ is: 'failed', message: error instanceof Error ? error.message : String(error) }, leave);
}

function tell(event: GradeEvent, then: () => void = () => {}): void {
  process.send?.(event, then);
}

function leave(): void {
  process.disconnect();
}

/** Progress that cannot be written must not cost anybody their verdict. */
function remember(verdicts: Parameters<typeof recordVerdicts>[0]): void {
  try {
    recordVerdicts(verdicts);
  } catch (error) {
    console.error(`.progress: ${error instanceof Error ? error.message : error}`);
  }
}
