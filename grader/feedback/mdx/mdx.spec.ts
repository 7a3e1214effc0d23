import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listExercises } from '../../catalogue.ts';
import type { Page } from '../page.ts';
import { compileBrief } from './compile.ts';
import { briefToHtml } from './html.ts';
import { renderPieces } from './terminal.ts';

const page: Page = { language: 'en', width: 40, colors: createColors(false) };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdx-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function compile(source: string) {
  const file = join(folder, 'brief.mdx');
  writeFileSync(file, source);
  return compileBrief(file);
}
const shown = async (source: string) => renderPieces(page, (await compile(source)).body);

describe('a brief in the terminal', () => {
  test('keeps its paragraphs, marks code and emphasis in words, and fits the page', async () => {
    const lines = await shown('The *oldest* answer is `pick()`,\nand it wraps after forty columns.\n\nAnother one.\n');
    expect(lines).toEqual([
      '   The *oldest* answer is `pick()`, and',
      '   it wraps after forty columns.',
      '',
      '   Another one.',
    ]);
  });

  test('hangs lists, and lists in lists', async () => {
    const lines = await shown('- one that is long enough to need two lines\n  1. inner\n  2. second\n- two\n');
    expect(lines).toEqual([
      '   - one that is long enough to need two',
      '     lines',
      '     1. inner',
      '     2. second',
      '   - two',
    ]);
  });

  test('leaves code alone, whatever its width', async () => {
    const code = 'const rotation = new RoundRobin(["a", "b", "c"]);\n\n  indented();';
    expect(await shown(`\`\`\`ts\n${code}\n\`\`\`\n`)).toEqual([
      '     const rotation = new RoundRobin(["a", "b", "c"]);',
      '',
      '       indented();',
    ]);
  });

  test('shows the words of a component it does not know', async () => {
    expect(await shown('<Term name="queue">the queue</Term> grows.\n\n<Aside>\n\nInside.\n\n</Aside>\n')).toEqual([
      '   the queue grows.',
      '',
      '   Inside.',
    ]);
  });

  test('takes the hints out, in order', async () => {
    const { body, hints } = await compile('Text.\n\n<Hint>\nFirst `a`.\n</Hint>\n\n<Hint>\nSecond.\n</Hint>\n');
    expect(renderPieces(page, body)).toEqual(['   Text.']);
    expect(hints.map((hint) => renderPieces(page, hint))).toEqual([['   First `a`.'], ['   Second.']]);
  });
});

describe('a brief in the report', () => {
  test('escapes text, keeps known tags only, and drops links that are no links', async () => {
    const { body } = await compile('A `<b>` & *that*.\n\n<Term>word</Term>\n\n[x](javascript:alert(1))\n');
    const { markup } = briefToHtml(body);
    expect(markup).toContain('<code>&lt;b&gt;</code> &amp; <em>that</em>');
    expect(markup).not.toMatch(/<term|javascript:/i);
  });
});

describe('every brief of the course', () => {
  test.each(
    listExercises().flatMap(({ id, files }) => Object.entries(files.brief).map(([lang, file]) => [id, lang, file])),
  )('%s (%s) compiles, has hints, and fits 60 columns but for its code', async (_, __, file) => {
    const { body, hints } = await compileBrief(file);
    expect(hints.length).toBeGreaterThanOrEqual(3);
    const narrow = { ...page, width: 60 };
    const lines = [body, ...hints].flatMap((pieces) => renderPieces(narrow, pieces));
    expect(lines.filter((line) => stringWidth(line) > 60 && !line.startsWith('     '))).toEqual([]);
  });
});
