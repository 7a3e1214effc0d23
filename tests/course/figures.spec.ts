import { beforeAll, describe, expect, it } from 'vitest';
import { formatFigure } from '../../site/simulation/format.ts';
import { Figures, loadScenes, quotesOf, says, subjectOf } from './figures.ts';
import type { Page } from './pages.ts';
import { lessonPages } from './pages.ts';

const root = process.cwd();
const pages = lessonPages(root);
const quoting = pages.filter((page) => quotesOf(page).length > 0);

let figures: Figures;
beforeAll(async () => {
  figures = new Figures(root, await loadScenes(root));
});

/** One line for each quote that no longer says what its scene says. */
async function drift(page: Page): Promise<string[]> {
  const lines: string[] = [];
  for (const quote of quotesOf(page)) {
    const { value, unit } = await figures.of(quote);
    if (says(quote.text, value, unit, quote.language)) continue;
    lines.push(
      `${quote.where} says “${quote.text}”, right is “${formatFigure(value, unit, quote.language)}” (${subjectOf(quote)})`,
    );
  }
  return lines;
}

describe('figures in the prose', () => {
  it('are quoted somewhere', () => {
    expect(quoting.map(({ file }) => file)).toContain('lessons/02-load-balancing/lesson.mdx');
  });

  it.each(quoting.map((page) => [page.file, page] as const))('%s says what its scenes say', async (_, page) => {
    expect(await drift(page)).toEqual([]);
  });

  it.each(quoting.filter(({ language }) => language === 'en').map((page) => [page.lesson, page] as const))(
    '%s quotes the same figures in both languages',
    (lesson, english) => {
      const korean = pages.find((page) => page.lesson === lesson && page.language === 'ko');
      expect((korean ? quotesOf(korean) : []).map(subjectOf).sort()).toEqual(quotesOf(english).map(subjectOf).sort());
    },
  );
});

describe('the comparison itself', () => {
  const page = (source: string): Page => ({ lesson: 'x', language: 'en', file: 'x.mdx', source, sections: [] });
  const quoted = (text: string, more = ''): Page =>
    page(`a\n<Measured scene="slow-server" lane="naive-round-robin" measure="p99"${more}>${text}</Measured>`);

  it('names the place, the words and the right value of a figure that has drifted', async () => {
    const [line] = await drift(quoted('1 ms'));
    expect(line).toMatch(
      /^x\.mdx:2 says “1 ms”, right is “[\d.]+ s” \(slow-server · {2}· naive-round-robin · p99 · seed 1\)$/,
    );
  });

  it('tells one seed from another', async () => {
    const values = await Promise.all(['', ' seed={2}', ' seeds={3}'].map((more) => drift(quoted('?', more))));
    expect(new Set(values.flat().map((line) => line.split('right is')[1])).size).toBe(3);
  });

  it.each([
    ['a scene', '<Measured scene="no" lane="a" measure="p99">1</Measured>', /no scene no\. Known: .*slow-server/],
    [
      'a preset',
      '<Measured scene="pages" preset="no" lane="random" measure="p99">1</Measured>',
      /no preset no\. Known: in-step/,
    ],
    ['a lane', '<Measured scene="pages" lane="no" measure="p99">1</Measured>', /no exercise no\. Known: .*round-robin/],
    ['a measure', '<Measured scene="pages" lane="random" measure="no">1</Measured>', /no measure no\. Known: p99/],
  ])('refuses %s that is not known, naming those that are', async (_, source, complaint) => {
    await expect(drift(page(source))).rejects.toThrow(complaint);
  });

  it('refuses a mark that it cannot read, or one with a property that means nothing', () => {
    expect(() => quotesOf(page('<Measured scene=slow>1</Measured>'))).toThrow('line 1');
    expect(() => quotesOf(quoted('1', ' windowMs={3}'))).toThrow('no windowMs');
    expect(() => quotesOf(page('<Measured scene="a" lane="b">1</Measured>'))).toThrow('needs measure');
  });

  it('accepts fewer digits, rightly rounded, and no others', () => {
    expect(says('24.2 %', 24.16, '%', 'en')).toBe(true);
    expect(says('24 %', 24.16, '%', 'en')).toBe(true);
    expect(says('25 %', 24.16, '%', 'en')).toBe(false);
    expect(says('24.16 %', 24.16, '%', 'en')).toBe(false);
    expect(says('4 s', 3789, 'ms', 'en')).toBe(true);
    expect(says('3.8초', 3789, 'ms', 'ko')).toBe(true);
    expect(says('3.8 s', 3789, 'ms', 'ko')).toBe(false);
    expect(says('24.2', 24.16, '%', 'en')).toBe(false);
  });
});
