import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';

interface Page {
  readonly label: string;
  readonly translations: { readonly ko: string };
  readonly link: string;
}

interface Group {
  readonly label: string;
  readonly translations: { readonly ko: string };
  readonly items: Page[];
}

/** The sidebar, read from the folders: each lesson with its exercises in their order. */
export function sidebar(root = process.cwd()): Group[] {
  return lessonFolders(root).map((lesson) => {
    const page = bilingual(join(root, 'lessons', lesson, 'lesson'), `/${lesson}/`);
    return {
      label: `${Number(lesson.slice(0, 2))} · ${page.label}`,
      translations: { ko: `${Number(lesson.slice(0, 2))} · ${page.translations.ko}` },
      items: [{ ...page, label: 'Lesson', translations: { ko: '강의' } }, ...exercises(root, lesson)],
    };
  });
}

function lessonFolders(root: string): string[] {
  return readdirSync(join(root, 'lessons'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .filter((entry) => existsSync(join(root, 'lessons', entry.name, 'lesson.mdx')))
    .map((entry) => entry.name)
    .sort();
}

function exercises(root: string, lesson: string): Page[] {
  const folder = join(root, 'exercises', lesson);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mdx') && !file.endsWith('.ko.mdx'))
    .map((file) => file.slice(0, -'.mdx'.length))
    .map((id) => ({ order: Number(frontmatter(join(folder, id), 'mdx').order), id }))
    .sort((a, b) => a.order - b.order)
    .map(({ id }) => bilingual(join(folder, id), `/exercises/${id}/`));
}

function bilingual(path: string, link: string): Page {
  const label = String(frontmatter(path, 'mdx').title);
  return { label, translations: { ko: String(frontmatter(path, 'ko.mdx').title ?? label) }, link };
}

function frontmatter(path: string, extension: string): Record<string, unknown> {
  const file = `${path}.${extension}`;
  return existsSync(file) ? matter.read(file).data : {};
}
