import type { Language } from '../../simulator/text.ts';

/** The page's language, from the locale of its address. */
export function languageOf(page: { readonly currentLocale?: string | undefined }): Language {
  return page.currentLocale === 'ko' ? 'ko' : 'en';
}

/** A link inside the course, in the page's language and under the site's base. */
export function link(path: string, language: Language): string {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  return `${base}${language === 'ko' ? '/ko' : ''}${path}`;
}
