import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../simulator/text.ts';

/** A component as a page uses it: its plain and its numeric properties; others (lists, nested text) are left out. */
export interface Tag {
  readonly name: string;
  readonly props: Readonly<Record<string, string | number>>;
  /** Text between the tags; empty for a self-closing one. */
  readonly text: string;
  /** Line of the file, from 1. */
  readonly line: number;
}

export interface Page {
  /** Folder of the lesson, `02-load-balancing`; empty for the course's front page. */
  readonly lesson: string;
  readonly language: Language;
  /** Relative to the course's root. */
  readonly file: string;
  readonly source: string;
  /** Explicit anchors of its headings, in order. */
  readonly sections: readonly string[];
}

/** Every page of every lesson, front page included, in both languages where it has them. */
export function lessonPages(root: string): Page[] {
  const lessons = readdirSync(join(root, 'lessons'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const stems = [{ lesson: '', stem: 'lessons/index' }].concat(
    lessons.map((lesson) => ({ lesson, stem: `lessons/${lesson}/lesson` })),
  );
  return stems.flatMap(({ lesson, stem }) =>
    (['en', 'ko'] as const).flatMap((language) => {
      const file = `${stem}${language === 'ko' ? '.ko' : ''}.mdx`;
      if (!existsSync(join(root, file))) return [];
      const source = readFileSync(join(root, file), 'utf8');
      return { lesson, language, file, source, sections: sectionsOf(source) };
    }),
  );
}

/** Anchors of `## Heading {#anchor}` lines. */
export function sectionsOf(source: string): string[] {
  return [...source.matchAll(/^#{2,3} .*\{#([a-z0-9-]+)\}\s*$/gm)].map(([, anchor]) => anchor!);
}

/** What stands between a section's heading and the next one of the same or a higher level. */
export function sectionText(source: string, anchor: string): string | undefined {
  const heading = new RegExp(`^(#{2,3}) .*\\{#${anchor}\\}\\s*$`, 'm').exec(source);
  if (!heading) return undefined;
  const rest = source.slice(heading.index + heading[0].length);
  const end = rest.search(heading[1] === '##' ? /^## /m : /^#{2,3} /m);
  return end < 0 ? rest : rest.slice(0, end);
}

/**
 * All uses of a component in a page, comments left out.
 * @throws Error naming the line of one that cannot be read, so that none is passed over in silence
 */
export function tagsOf(page: string, name: string): Tag[] {
  const source = page.replace(/\{\/\*.*?\*\/\}/gs, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...source.matchAll(new RegExp(`<${name}(?=[\\s/>])`, 'g'))].map(({ index }) => {
    const line = source.slice(0, index).split('\n').length;
    const tag = readTag(source.slice(index), name);
    if (!tag) throw new Error(`line ${line}: cannot read this <${name}>`);
    return { name, line, ...tag };
  });
}

function readTag(source: string, name: string): Pick<Tag, 'props' | 'text'> | undefined {
  const props: Record<string, string | number> = {};
  let rest = source.slice(name.length + 1);
  for (;;) {
    rest = rest.trimStart();
    if (rest.startsWith('/>')) return { props, text: '' };
    if (rest.startsWith('>')) {
      const end = rest.indexOf(`</${name}>`);
      return end < 0 ? undefined : { props, text: rest.slice(1, end).trim() };
    }
    const property = /^([a-zA-Z]+)=(?:"([^"]*)"|\{)/.exec(rest);
    if (!property) return undefined;
    const [read, key, text] = property;
    rest = rest.slice(read.length);
    if (text !== undefined) {
      props[key!] = text;
      continue;
    }
    const length = expressionLength(rest);
    if (length < 0) return undefined;
    const value = rest.slice(0, length).trim();
    if (/^-?\d+(\.\d+)?$/.test(value)) props[key!] = Number(value);
    rest = rest.slice(length + 1);
  }
}

/** Characters up to the brace that closes an expression, quotes respected; -1 when there is none. */
function expressionLength(source: string): number {
  let depth = 1;
  let quote = '';
  for (let at = 0; at < source.length; at++) {
    const letter = source[at]!;
    if (quote) {
      if (letter === '\\') at++;
      else if (letter === quote) quote = '';
    } else if (letter === "'" || letter === '"' || letter === '`') quote = letter;
    else if (letter === '{') depth++;
    else if (letter === '}' && --depth === 0) return at;
  }
  return -1;
}
