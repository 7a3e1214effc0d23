import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { compareLines, renderDiff } from './diff.ts';
import type { Page } from './page.ts';

const page = (width: number): Page => ({ language: 'en', width, colors: createColors(false) });
const left = 'class A {\n  pick() {\n    return this.servers[0];\n  }\n}\n';
const right = 'class A {\n  // the head goes to the tail\n  pick() {\n    return this.next();\n  }\n}\n';

describe('comparing two texts', () => {
  test('pairs changed lines and leaves gaps where only one side has a line', () => {
    expect(compareLines(left, right)).toEqual([
      { kind: 'same', left: 'class A {', right: 'class A {' },
      { kind: 'changed', right: '  // the head goes to the tail' },
      { kind: 'same', left: '  pick() {', right: '  pick() {' },
      { kind: 'changed', left: '    return this.servers[0];', right: '    return this.next();' },
      { kind: 'same', left: '  }', right: '  }' },
      { kind: 'same', left: '}', right: '}' },
    ]);
  });

  test('sees no difference in line ends, trailing blanks and a missing last line end', () => {
    expect(compareLines('a  \r\nb', 'a\nb\n').every(({ kind }) => kind === 'same')).toBe(true);
  });

  test('stands side by side where there is room, and within it', () => {
    const lines = renderDiff(
      page(120),
      compareLines(left, `${right}${'가'.repeat(200)}\n`),
      'yours',
      'reference',
    ).split('\n');
    expect(lines.filter((line) => stringWidth(line) > 120)).toEqual([]);
    expect(lines.find((line) => line.includes('servers[0]'))).toMatch(
      /return this\.servers\[0\];.*│.*return this\.next\(\);/,
    );
  });

  test('stands one below the other where there is not', () => {
    const text = renderDiff(page(80), compareLines(left, right), 'yours', 'reference');
    expect(text).toContain('--- yours\n+++ reference\n');
    expect(text).toContain('-     return this.servers[0];\n+     return this.next();\n    }');
  });
});
