import type { Bundled } from '../dev-server/bundle.ts';

/** What the dev server has to say about an exercise's file, or that it says nothing. */
export type Fetched = Bundled | { readonly ok: 'unreachable' };

/** Fetches an exercise as one bundled module. Only the dev server has it. */
export async function fetchCode(exercise: string): Promise<Fetched> {
  try {
    const response = await fetch(`/@course/code/${exercise}`);
    if (!response.ok) return { ok: 'unreachable' };
    return (await response.json()) as Bundled;
  } catch {
    return { ok: 'unreachable' };
  }
}

/** Calls back whenever a file in `exercises/` was saved; never in the published site. */
export function onSaved(changed: (exercise: string) => void): void {
  import.meta.hot?.on('course:saved', ({ exercise }: { exercise: string }) => changed(exercise));
}
