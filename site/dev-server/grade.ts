import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Report } from '../../grader/verdict.ts';
import type { Language } from '../../simulator/text.ts';

/**
 * Grades one exercise as `npm run grade` does, in a process of its own.
 * @param file the learner's file when it is not the course's own copy
 * @throws Error with what the grader said when it could not grade
 */
export function grade(root: string, exercise: string, language: Language, file?: string): Promise<Report> {
  const options = ['--json', '--lang', language, ...(file === undefined ? [] : ['--file', file])];
  const { INIT_CWD: _, ...env } = process.env;
  const grader = spawn(
    process.execPath,
    ['--import', 'tsx', resolve(root, 'grader/cli/grade.ts'), exercise, ...options],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return new Promise((done, failed) => {
    let out = '';
    let said = '';
    grader.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    grader.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    grader.on('error', failed);
    grader.on('close', () => {
      try {
        done(JSON.parse(out) as Report);
      } catch {
        failed(new Error(said.trim() || out.trim() || 'the grader said nothing'));
      }
    });
  });
}
