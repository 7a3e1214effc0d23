import { openSession } from '../grade.ts';
import { differences, type Fixture, fixtures, OPTIONS, TALLY } from '../judge/fixture-files.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Grades every fixture of the judge `repeats` times over, the honest and the hostile ones.
 * @returns how many did not come out as their file says, or not the same every time
 */
export async function soakFixtures(repeats: number, tell: (line: string) => void): Promise<number> {
  const all = ['answers', 'hostile'].flatMap((folder) => fixtures(folder));
  const surprises = new Map<Fixture, string[]>();
  const firsts = new Map<Fixture, string>();
  const session = openSession();
  try {
    for (let round = 1; round <= repeats; round++) {
      const requests = all.map(({ file }) => ({ exercise: TALLY, file }));
      const startedAt = performance.now();
      const verdicts = await session.grade(requests, { ...OPTIONS, typecheck: round === 1 });
      for (const [i, fixture] of all.entries()) {
        for (const what of surprisesIn(verdicts[i] as Verdict, fixture, firsts, round)) {
          surprises.set(fixture, [...(surprises.get(fixture) ?? []), `round ${round}: ${what}`]);
        }
      }
      tell(`round ${round} of ${repeats}: ${all.length} files in ${seconds(performance.now() - startedAt)} s`);
    }
  } finally {
    await session.close();
  }
  for (const [{ name }, found] of surprises) for (const what of found.slice(0, 5)) tell(` ✗ ${name}, ${what}`);
  return surprises.size;
}

function surprisesIn(verdict: Verdict, fixture: Fixture, firsts: Map<Fixture, string>, round: number): string[] {
  // Types are checked in the first round alone: the compiler says the same every time, and slowly.
  const wants = fixture.wants.warns === 'type' && round > 1 ? { ...fixture.wants, warns: undefined } : fixture.wants;
  const found = differences(verdict, { ...fixture, wants: wants as Fixture['wants'] });
  const points = verdict.checks.map(({ id, points }) => `${id} ${points}`).join(' ');
  const digest = fixture.status.length > 1 ? 'one of several' : `${verdict.status}, ${points}`;
  const first = firsts.get(fixture) ?? digest;
  firsts.set(fixture, first);
  return first === digest ? found : [...found, `first ${first}, then ${digest}`];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
