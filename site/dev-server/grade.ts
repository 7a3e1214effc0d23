import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { Language } from '../../simulator/text.ts';
import type { GradeEvent } from './grade-event.ts';

export interface Asked {
  readonly exercise: string;
  /** Absolute. */
  readonly file: string;
  readonly language: Language;
}

/**
 * Grades one exercise as `npm run grade` does, in a process of its own, and tells what happens as it happens.
 * @param course folder of the course
 * @returns stops it, with everything that it started; without effect once it is over
 */
export function startGrading(course: string, asked: Asked, hear: (event: GradeEvent) => void): () => void {
  const { exercise, file, language } = asked;
  const grader = fork(resolve(course, 'site/dev-server/grade-process.ts'), [exercise, file, language], {
    cwd: course,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  let over = false;
  const tell = (event: GradeEvent) => {
    if (over) return;
    over = event.is === 'verdict' || event.is === 'failed';
    hear(event);
  };
  grader.on('message', (event: GradeEvent) => tell(event));
  grader.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  grader.on('error', (error) => tell({ is: 'failed', message: error.message }));
  grader.on('close', () => tell({ is: 'failed', message: said.trim() || 'the grader said nothing' }));
  return () => {
    over = true;
    // Its own processes end when it is gone: they hang on the pipe to it.
    grader.kill('SIGKILL');
  };
}
