import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface LessonFiles {
  readonly lesson: string;
  /** Scene and solution files, as paths from the project's root with forward slashes. */
  readonly scenes: readonly string[];
  readonly solutions: readonly { readonly exercise: string; readonly path: string }[];
}

/** Every lesson that has scenes, with its scenes and solutions, in order of name. */
export function lessonFiles(): LessonFiles[] {
  const modules = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
          .sort()
      : [];
  return readdirSync('lessons')
    .filter((lesson) => existsSync(join('lessons', lesson, 'scenes')))
    .sort()
    .map((lesson) => ({
      lesson,
      scenes: modules(`lessons/${lesson}/scenes`).map((file) => `lessons/${lesson}/scenes/${file}`),
      solutions: modules(`solutions/${lesson}`).map((file) => ({
        exercise: file.slice(0, -3),
        path: `solutions/${lesson}/${file}`,
      })),
    }));
}
