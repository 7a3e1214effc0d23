import type { GradeEvent } from '../dev-server/grade-event.ts';

/**
 * Has the dev server grade an exercise, and hands over what happens as it happens. Aborting ends the grading.
 * @throws Error with what the server said, or that it said nothing
 */
export async function* gradeEvents(
  exercise: string,
  language: string,
  signal: AbortSignal,
): AsyncGenerator<GradeEvent, void> {
  const response = await fetch(`/@course/grade/${exercise}?lang=${language}`, { method: 'POST', signal });
  if (!response.ok || !response.body) throw new Error(await response.text());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as GradeEvent;
  }
}
