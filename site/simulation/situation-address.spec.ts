import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../simulator/address.ts';
import type { SimulationConfig, Situation } from './config.ts';
import { queryOf, situationOf } from './situation-address.ts';

const config = {
  scene: 'queue',
  controls: [
    { kind: 'range', name: 'load', initial: 60 },
    { kind: 'range', name: 'speed', initial: 100 },
  ],
  presets: [
    { id: 'slow', params: { speed: 50 } },
    { id: 'busy', params: { load: 90 } },
  ],
  exercises: [{ id: 'round-robin' }, { id: 'least-connections' }],
  start: { preset: 'slow', params: { load: 60, speed: 50 }, seed: 1, commands: [], exercise: 'round-robin' },
} as unknown as SimulationConfig;
const read = (query: string) => situationOf(parseAddress(query)!, config);

describe('the address of a simulation', () => {
  it('opens what it was written for', () => {
    const situations: Situation[] = [
      config.start,
      { ...config.start, preset: 'busy', params: { load: 70, speed: 100 }, seed: 9, exercise: 'least-connections' },
      { ...config.start, commands: [{ atMs: 3_000, kind: 'kill', node: 's1' }] },
    ];
    for (const situation of situations) expect(read(queryOf(situation, config, undefined))).toEqual(situation);
  });

  it('says only what differs from the preset', () => {
    expect(queryOf(config.start, config, 2_500)).toBe('scene=queue&preset=slow&seed=1&exercise=round-robin&at=2500');
  });

  it('leaves as at the start what it names and is not there', () => {
    expect(read('scene=queue&preset=gone&exercise=gone')).toEqual(config.start);
  });

  it('chooses the preset whose values it names, and none of its own accord when it names one', () => {
    expect(read('scene=queue&p.load=90&p.speed=100').preset).toBe('busy');
    expect(read('scene=queue&p.load=90&p.speed=50').preset).toBe('slow');
    expect(read('scene=queue&preset=slow&p.load=90&p.speed=100').preset).toBe('slow');
  });
});
