import type { Language } from '../../simulator/text.ts';
import type { Exercise } from '../catalogue.ts';
import { recordVerdicts } from '../progress/record.ts';
import { DEFAULT_SEED } from '../seed.ts';
import type { Verdict } from '../verdict.ts';

export interface SessionJudge {
  /** Grades the learner's own file and remembers the result. Rejects when `signal` aborts. */
  readonly grade: (exercise: Exercise, signal: AbortSignal) => Promise<Verdict>;
  readonly close: () => Promise<void>;
}

/**
 * A judge that stays warm between gradings. It is loaded at once, so that the first save need not wait for it.
 */
export function openSessionJudge(language: Language): SessionJudge {
  const session = import('../grade.ts').then(({ openSession }) => openSession());
  session.catch(() => undefined);
  return {
    grade: async (exercise, signal) => {
      const { grade } = await session;
      const [verdict] = await grade([{ exercise: exercise.id, file: exercise.files.stub }], {
        seed: DEFAULT_SEED,
        language,
        typecheck: true,
        signal,
      });
      if (verdict === undefined) throw new Error(`no verdict on ${exercise.id}`);
      if (!signal.aborted) recordVerdicts([verdict]);
      return verdict;
    },
    close: async () => (await session).close(),
  };
}
