import type { Language } from '../simulator/text.ts';

/** `02-load-balancing/lesson.ko.mdx` → `ko/02-load-balancing`; `index.mdx` → `index`, as Starlight names its pages. */
export function lessonId(file: string): string {
  const { path, language } = parse(file);
  const page = path.replace(/(^|\/)(lesson|index)$/, '');
  if (language === 'ko') return page === '' ? 'ko' : `ko/${page}`;
  return page === '' ? 'index' : page;
}

/** `02-load-balancing/round-robin.ko.mdx` → `ko/02-load-balancing/round-robin`. */
export function briefId(file: string): string {
  const { path, language } = parse(file);
  return `${language}/${path}`;
}

/** The inverse of `briefId`. */
export function briefParts(id: string): { language: Language; lesson: string; exercise: string } {
  const [language, lesson, exercise] = id.split('/');
  if ((language !== 'en' && language !== 'ko') || !lesson || !exercise) throw new Error(`not a brief: ${id}`);
  return { language, lesson, exercise };
}

function parse(file: string): { path: string; language: Language } {
  const path = file.replaceAll('\\', '/').replace(/\.mdx$/, '');
  return path.endsWith('.ko') ? { path: path.slice(0, -3), language: 'ko' } : { path, language: 'en' };
}
