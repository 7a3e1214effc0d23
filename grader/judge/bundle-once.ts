import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleProblem, bundle } from './bundle.ts';
import type { Course } from './course.ts';
import type { Bundle } from './protocol.ts';

const known = new Map<string, { readonly when: string; readonly result: Promise<Bundle | BundleProblem> }>();

/** `bundle` for files of the course that import their lesson's contract at most: again only when either has changed. */
export function bundleOnce(file: string, lesson: string, course: Course): Promise<Bundle | BundleProblem> {
  const when = [file, join(course.exercises, lesson, 'contract.ts')].map(changedAt).join(' ');
  const before = known.get(file);
  if (before?.when === when) return before.result;
  const result = bundle(file, { lesson }, course);
  known.set(file, { when, result });
  return result;
}

function changedAt(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs}:${stats.size}`;
}
