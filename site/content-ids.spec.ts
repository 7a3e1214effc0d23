import { describe, expect, it } from 'vitest';
import { briefId, briefParts, lessonId } from './content-ids.ts';

describe('lessonId', () => {
  it('names a lesson after its folder and puts Korean under ko', () => {
    expect(lessonId('02-load-balancing/lesson.mdx')).toBe('02-load-balancing');
    expect(lessonId('02-load-balancing/lesson.ko.mdx')).toBe('ko/02-load-balancing');
  });

  it('gives the front page the ids that Starlight expects', () => {
    expect(lessonId('index.mdx')).toBe('index');
    expect(lessonId('index.ko.mdx')).toBe('ko');
  });

  it('keeps further pages of a lesson below it', () => {
    expect(lessonId('02-load-balancing/reading.ko.mdx')).toBe('ko/02-load-balancing/reading');
  });
});

describe('briefId', () => {
  it('always says its language, so that both languages list alike', () => {
    expect(briefId('02-load-balancing/round-robin.mdx')).toBe('en/02-load-balancing/round-robin');
    expect(briefId('02-load-balancing/round-robin.ko.mdx')).toBe('ko/02-load-balancing/round-robin');
  });

  it('can be taken apart again', () => {
    expect(briefParts(briefId('02-load-balancing/ip-hash.ko.mdx'))).toEqual({
      language: 'ko',
      lesson: '02-load-balancing',
      exercise: 'ip-hash',
    });
    expect(() => briefParts('fr/x/y')).toThrow('not a brief');
  });
});
