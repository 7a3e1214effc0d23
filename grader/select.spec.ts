import { describe, expect, test } from 'vitest';
import type { Exercise, ExerciseFiles } from './catalogue.ts';
import { selectExercises } from './select.ts';

const exercise = (lesson: string, id: string): Exercise => ({ id, lesson, files: {} as ExerciseFiles });
const exercises = [
  exercise('02-load-balancing', 'round-robin'),
  exercise('02-load-balancing', 'least-connections'),
  exercise('03-data-tier', 'hash-ring'),
  exercise('03-data-tier', 'hash'),
  exercise('03-data-tier', 'hot-key'),
];

function ids(typed: string) {
  const selection = selectExercises(exercises, typed);
  return selection.kind === 'found' ? selection.exercises.map((found) => found.id) : selection;
}

describe('naming an exercise', () => {
  test('by its id', () => expect(ids('round-robin')).toEqual(['round-robin']));
  test('by the beginning of its id, while only one fits', () => expect(ids('le')).toEqual(['least-connections']));
  test('an exact id wins over a longer one', () => expect(ids('hash')).toEqual(['hash']));
  test('a beginning that fits several names them', () =>
    expect(ids('h')).toEqual({ kind: 'ambiguous', ids: ['hash-ring', 'hash', 'hot-key'] }));
  test('by its lesson, whole or begun', () => {
    expect(ids('02-load-balancing')).toEqual(['round-robin', 'least-connections']);
    expect(ids('03')).toEqual(['hash-ring', 'hash', 'hot-key']);
  });
  test('by the path of its file, in the slashes of either system', () => {
    expect(ids('exercises/02-load-balancing/round-robin.ts')).toEqual(['round-robin']);
    expect(ids('C:\\course\\exercises\\02-load-balancing\\round-robin.ts')).toEqual(['round-robin']);
    expect(ids('exercises\\03-data-tier\\hash-ring.ko.mdx')).toEqual(['hash-ring']);
    expect(ids('exercises/02-load-balancing/')).toEqual(['round-robin', 'least-connections']);
  });
  test('a misspelt id gets its neighbour offered', () => {
    expect(ids('rond-robin')).toEqual({ kind: 'unknown', nearest: 'round-robin' });
    expect(ids('lesat')).toEqual({ kind: 'unknown', nearest: 'least-connections' });
  });
  test('a course without exercises has no neighbour to offer', () => {
    expect(selectExercises([], 'round-robin')).toEqual({ kind: 'unknown', nearest: undefined });
  });
});
