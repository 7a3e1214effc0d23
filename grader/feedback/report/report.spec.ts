import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scene } from '../../../lessons/02-load-balancing/scenes/slow-server.ts';
import { type CatalogueEntry, courseRoot, listExercises, readEntry } from '../../catalogue.ts';
import type { Verdict } from '../../verdict.ts';
import { dataScript, html, prose } from './html.ts';
import { takeReplay } from './replay/take-replay.ts';
import { renderReport } from './report.ts';

const WRONG = 'grader/misconceptions/02-load-balancing/least-connections/counts-served.ts';

async function entryOf(id: string): Promise<CatalogueEntry> {
  const exercise = listExercises().find((one) => one.id === id);
  if (exercise === undefined) throw new Error(`no ${id}`);
  return readEntry(exercise);
}

const verdict: Verdict = {
  exercise: 'least-connections',
  lesson: '02-load-balancing',
  file: WRONG,
  status: 'failed',
  score: 0,
  maxScore: 2,
  seed: 7,
  durationMs: 812,
  checks: [
    {
      id: 'pages-stay-fast',
      title: 'light requests no longer wait behind heavy ones',
      status: 'failed',
      points: 0,
      maxPoints: 2,
      message: 'Not met: `p99` of pages <b>halves</b>.',
      replay: 'npm run grade least-connections -- --seed 7',
      section: 'least-connections',
      counterexample: {
        steps: [{ atMs: 0, what: '</script><script>alert(1)</script>', value: 'a & b' }],
        scene: 'scene=slow-server&seed=7&exercise=least-connections&p.speed=100&p.costs=mixed&p.load=70',
      },
    },
  ],
  misconception: { id: 'counts-served', message: 'You count what was served.' },
  warnings: [],
};

const reportOf = async (over: Partial<Verdict> = {}, language: 'en' | 'ko' = 'en') =>
  renderReport(
    [{ verdict: { ...verdict, ...over }, entry: await entryOf('least-connections'), file: join(courseRoot, WRONG) }],
    language,
    new Date('2026-11-24T01:02:03Z'),
  );

describe('a report', { timeout: 30_000 }, () => {
  test('is one page below 300 kB that asks nothing of any other place', async () => {
    const page = await reportOf();
    expect(page.length).toBeLessThan(300_000);
    expect(page).not.toMatch(/<(?:script|img|iframe|link)[^>]*\b(?:src|href)=/);
    expect(page).toContain('default-src &#39;none&#39;');
    for (const [, href] of page.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(#|http:\/\/localhost:4321\/)/);
  });

  test('tells brief, verdict, story and code, in the language asked for', async () => {
    const korean = await reportOf({}, 'ko');
    expect(korean).toContain('<html lang="ko">');
    for (const part of [
      '0/2점',
      '무슨 일이 있었는지',
      'You count what was served.',
      '실습 설명',
      'class LeastConnections',
    ]) {
      expect(korean).toContain(part);
    }
    expect(await reportOf()).toContain('What was asked');
  });

  test('shows no hint and nothing of the reference', async () => {
    const page = await reportOf();
    expect(page).not.toMatch(/<Hint|Hint 1/);
  });

  test('takes no text for markup', async () => {
    const page = await reportOf();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    expect(page).toContain('<code>p99</code> of pages &lt;b&gt;halves');
  });

  test('has a player for a failing scenario, and no script at all where nothing is to be played', async () => {
    expect(await reportOf()).toContain('<div class="replay">');
    const passed = { ...verdict.checks[0]!, status: 'passed' as const, counterexample: null };
    expect(await reportOf({ status: 'passed', checks: [passed] })).not.toContain('<script');
  });

  test('stands without the learner’s file', async () => {
    const entry = await entryOf('least-connections');
    const page = await renderReport(
      [{ verdict: { ...verdict, checks: [], status: 'not-submitted' }, entry, file: join(courseRoot, 'nowhere.ts') }],
      'en',
    );
    expect(page).toContain('no file');
  });
});

describe('a replay', () => {
  const config = {
    language: 'en',
    exercise: 'least-connections',
    seed: 7,
    params: { speed: 100, costs: 'mixed', load: 70 },
    words: { yours: 'your code', stopped: 'stops:' } as never,
  } as const;

  test('runs the learner’s code beside the first lane, on the same traffic', async () => {
    const { LeastConnections } = await import('../../../solutions/02-load-balancing/least-connections.ts');
    const replay = await takeReplay(scene, { LeastConnections }, config);
    expect(replay.lanes.map(({ yours }) => yours)).toEqual([false, true]);
    const index = replay.measures.findIndex(({ label }) => label === 'p99');
    const [naive, yours] = replay.lanes.map(({ figures }) => figures[index]?.at(-1) ?? Number.NaN);
    expect(yours).toBeLessThan(naive ?? Number.NaN);
    for (const { nodes } of replay.lanes) {
      expect(nodes).toHaveLength(4);
      for (const { waiting } of nodes) expect(Math.min(...waiting)).toBeGreaterThanOrEqual(0);
    }
  });

  test('says where the learner’s code stops', async () => {
    class LeastConnections {
      acquire(): never {
        throw new Error('out of servers');
      }
    }
    const replay = await takeReplay(scene, { LeastConnections }, config);
    expect(replay.events.map(({ text }) => text).join()).toContain('out of servers');
  });
});

describe('markup', () => {
  test('data cannot end its own element', () => {
    const { markup } = dataScript({ code: '</script><!--' });
    expect(markup.match(/<\/script>/g)).toHaveLength(1);
    expect(JSON.parse(markup.replace(/<[^>]*>/g, ''))).toEqual({ code: '</script><!--' });
  });

  test('escapes whatever is filled in, lists included', () => {
    const items = ['<i>', '"'];
    expect(html`<p title="${'"'}">${items.map((item) => html`<b>${item}</b>`)}${undefined}</p>`.markup).toBe(
      '<p title="&quot;"><b>&lt;i&gt;</b><b>&quot;</b></p>',
    );
    expect(prose('a `<b>` c').markup).toBe('a <code>&lt;b&gt;</code> c');
  });
});
