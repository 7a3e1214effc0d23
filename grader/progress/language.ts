import type { Language } from '../../simulator/text.ts';
import { readState, updateState } from './state.ts';

/**
 * The language to speak: the one asked for, which is remembered from then on; else the remembered one; else what
 * the environment's locale says (`LC_ALL`, `LC_MESSAGES`, `LANG`); else English.
 */
export function chooseLanguage(asked: Language | undefined, env: NodeJS.ProcessEnv = process.env): Language {
  const remembered = readState().language;
  if (asked !== undefined) {
    if (asked !== remembered) updateState((state) => ({ ...state, language: asked }));
    return asked;
  }
  return remembered ?? languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
}

function languageOf(locale: string): Language {
  return /^ko\b|^ko_/i.test(locale) ? 'ko' : 'en';
}
