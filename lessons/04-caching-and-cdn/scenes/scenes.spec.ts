import { describe, expect, test } from 'vitest';
import type { Params, Scene } from '../../../simulator/scene.ts';
import type { Trace } from '../../../simulator/trace.ts';
import { NEVER } from '../../../simulator/trace.ts';
import { traceHash } from '../../../simulator/trace-hash.ts';
import { scene as cacheSize } from './cache-size.ts';
import { scene as cdn } from './cdn.ts';
import { scene as lruOrLfu } from './lru-or-lfu.ts';
import { scene as staleValue } from './stale-value.ts';
import { scene as stampede } from './stampede.ts';

// biome-ignore lint/suspicious/noExplicitAny: plan and strategy belong to each scene alone
const scenes: readonly Scene<any, any>[] = [cacheSize, lruOrLfu, stampede, staleValue, cdn];

const cases = scenes.flatMap((scene) =>
  scene.presets.map((preset) => ({ scene, preset, name: `${scene.id}, ${preset.id}` })),
);

// biome-ignore lint/suspicious/noExplicitAny: as above
async function run(scene: Scene<any, any>, params: Params, seed: number): Promise<Trace> {
  return await scene.run(scene.plan(params), scene.baselines[0]!.make, { seed });
}

describe.each(cases)('$name', ({ scene, preset }) => {
  test('gives the same trace for the same seed and another for another', async () => {
    const [first, again, other] = [
      await run(scene, preset.params, 5),
      await run(scene, preset.params, 5),
      await run(scene, preset.params, 6),
    ];
    expect(first!.failure).toBeUndefined();
    expect(traceHash(again!)).toBe(traceHash(first!));
    if (preset.id !== 'slow-motion') expect(traceHash(other!)).not.toBe(traceHash(first!));
  });

  test('has every request answered, failed or under way, none twice', async () => {
    const { requests, visits } = await run(scene, preset.params, 9);
    const visited = new Set(visits.request);
    requests.arrivedUs.forEach((arrivedUs, request) => {
      const endedUs = requests.endedUs[request]!;
      expect(endedUs === NEVER).toBe(requests.outcome[request] === 0);
      if (endedUs !== NEVER) expect(endedUs).toBeGreaterThanOrEqual(arrivedUs);
      expect(visited.has(request)).toBe(true);
    });
  });

  test('sets every control to something that the control can say', () => {
    for (const control of scene.controls) {
      const value = preset.params[control.name];
      if (control.kind === 'choice') expect(control.options.map((option) => option.value)).toContain(value);
      else expect(Number(value) >= control.min && Number(value) <= control.max, control.name).toBe(true);
    }
  });
});
