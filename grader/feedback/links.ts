import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../simulator/text.ts';
import { courseRoot } from '../catalogue.ts';

const SITE = 'http://localhost:4321';

/** Number of a lesson's folder: 2 for `02-load-balancing`. */
export function lessonNumber(lesson: string): number {
  return Number.parseInt(lesson, 10);
}

/** Address of a lesson's page under `npm start`, at a section if one is named. */
export function lessonUrl(lesson: string, language: Language, section?: string): string {
  const page = `${SITE}${language === 'ko' ? '/ko' : ''}/${lesson}/`;
  return section === undefined ? page : `${page}#${section}`;
}

/**
 * Address that opens a case in its lesson's simulation, with the learner's code in its lane.
 * @param query a counterexample's `scene`
 */
export function sceneUrl(lesson: string, language: Language, query: string): string {
  return `${lessonUrl(lesson, language)}?${query}`;
}

/**
 * Heading of a lesson's section as the page shows it; undefined while the page, or the section, is not written.
 * An anchor is either spelled out (`id="list-changes"`, `{#list-changes}`) or the slug of the English heading, and
 * then the Korean one stands at the same place among its page's headings.
 */
export function sectionTitle(
  lesson: string,
  language: Language,
  section: string,
  root: string = courseRoot,
): string | undefined {
  const headings = headingsOf(root, lesson, language);
  const own = headings.find((heading) => heading.anchor === section);
  if (own !== undefined || language === 'en') return own?.title;
  const place = headingsOf(root, lesson, 'en').findIndex((heading) => heading.anchor === section);
  return place === -1 ? undefined : headings[place]?.title;
}

/** Title of a lesson's page, from its frontmatter. */
export function lessonTitle(lesson: string, language: Language, root: string = courseRoot): string | undefined {
  return /^title:\s*(["']?)(.+?)\1\s*$/m.exec(pageText(root, lesson, language))?.[2];
}

interface Heading {
  readonly anchor: string;
  readonly title: string;
}

function headingsOf(root: string, lesson: string, language: Language): Heading[] {
  const prose = pageText(root, lesson, language).replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const headings: Heading[] = [];
  for (const match of prose.matchAll(/^#{2,4} +(.+?)(?: *\\?\{#([\w-]+)\\?\})? *$|<(h[2-4])\b([^>]*)>(.*?)<\/\3>/gm)) {
    const title = plain(match[1] ?? match[5] ?? '');
    const given = match[2] ?? /\bid="([\w-]+)"/.exec(match[4] ?? '')?.[1];
    headings.push({ anchor: given ?? slug(title), title });
  }
  return headings;
}

function pageText(root: string, lesson: string, language: Language): string {
  const file = join(root, 'lessons', lesson, language === 'ko' ? 'lesson.ko.mdx' : 'lesson.mdx');
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
}

function plain(heading: string): string {
  return heading
    .replace(/<[^>]+>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim();
}

/** As GitHub and Starlight make anchors. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
