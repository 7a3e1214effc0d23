import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listExercises, readCatalogue } from './catalogue.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'catalogue-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeExercise(lesson: string, id: string, order: number) {
  const brief = `---\ntitle: ${id}\nbuilds: Something.\nstars: 1\norder: ${order}\nsection: intro\n---\n\nText.\n`;
  write(`exercises/${lesson}/${id}.mdx`, brief);
  write(`exercises/${lesson}/${id}.ko.mdx`, brief.replace(`title: ${id}`, 'title: 실습'));
}

describe('the catalogue', () => {
  test('an exercise exists as soon as its brief does', () => {
    writeExercise('02-load-balancing', 'round-robin', 1);
    write('exercises/02-load-balancing/contract.ts', 'export {};');
    write('exercises/notes/loose.mdx', 'not a lesson');
    const [exercise, ...more] = listExercises(root);
    expect(more).toEqual([]);
    expect(exercise).toMatchObject({ id: 'round-robin', lesson: '02-load-balancing' });
    expect(exercise?.files.pristine).toBe(join(root, 'grader', 'stubs', '02-load-balancing', 'round-robin.ts'));
  });

  test('comes in the order of the course, not of the alphabet', async () => {
    writeExercise('03-data-tier', 'a-last', 1);
    writeExercise('02-load-balancing', 'a-second', 2);
    writeExercise('02-load-balancing', 'z-first', 1);
    expect((await readCatalogue(root)).map((entry) => entry.id)).toEqual(['z-first', 'a-second', 'a-last']);
  });

  test('reads each brief in both languages', async () => {
    writeExercise('02-load-balancing', 'round-robin', 1);
    const [entry] = await readCatalogue(root);
    expect([entry?.brief.en.title, entry?.brief.ko.title]).toEqual(['round-robin', '실습']);
  });

  test('one id in two lessons is refused by name', () => {
    writeExercise('02-load-balancing', 'hash', 1);
    writeExercise('03-data-tier', 'hash', 1);
    expect(() => listExercises(root)).toThrow(/hash.*02-load-balancing.*03-data-tier/);
  });

  test('wrong frontmatter is refused with its file and field', async () => {
    writeExercise('02-load-balancing', 'round-robin', 1);
    write('exercises/02-load-balancing/round-robin.mdx', '---\ntitle: x\nbuilds: y\nstars: 7\norder: 1\n---\n');
    await expect(readCatalogue(root)).rejects.toThrow(/round-robin\.mdx: stars/);
  });

  test('a course without exercises is an empty list', () => {
    expect(listExercises(root)).toEqual([]);
  });
});
