import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, parseAddress, printAddress } from './address.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const atMs = fc.integer({ min: 0, max: 600_000 });
const factor = fc.integer({ min: 1, max: 80 }).map((eighths) => eighths / 8);
const peer = { peer: name };
const requiredKeys: ('atMs' | 'kind' | 'node')[] = ['atMs', 'kind', 'node'];
const command = fc.oneof(
  fc.record({ atMs, kind: fc.constantFrom('kill', 'hang', 'pause', 'revive'), node: name }),
  fc.record({ atMs, kind: fc.constant('slow'), node: name, speed: factor }),
  fc.record({ atMs, kind: fc.constant('spike'), factor, forMs: fc.integer({ min: 1, max: 60_000 }) }),
  fc.record({ atMs, kind: fc.constantFrom('partition', 'heal'), node: name, ...peer }, { requiredKeys }),
  fc.record(
    { atMs, kind: fc.constant('lag'), node: name, ms: factor, ...peer },
    { requiredKeys: [...requiredKeys, 'ms'] },
  ),
  fc.record(
    {
      atMs,
      kind: fc.constant('lose'),
      node: name,
      share: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
      ...peer,
    },
    { requiredKeys: [...requiredKeys, 'share'] },
  ),
  fc.record({ atMs, kind: fc.constantFrom('region-down', 'region-up'), region: name }),
);
const address = fc.record({
  scene: name,
  preset: fc.option(name, { nil: undefined }),
  seed: fc.option(fc.nat(), { nil: undefined }),
  exercise: fc.option(name, { nil: undefined }),
  params: fc.dictionary(
    name,
    fc.oneof(
      factor,
      fc.stringMatching(/^[a-z]{1,8}( & )?[a-z]?$/).filter((text) => text !== 'infinity'),
    ),
  ),
  commands: fc.array(command, { maxLength: 4 }),
  atMs: fc.option(atMs, { nil: undefined }),
}) as fc.Arbitrary<Address>;

describe('an address', () => {
  it('reads as what was written', () => {
    fc.assert(
      fc.property(address, (written) => {
        const read = parseAddress(printAddress(written));
        expect({ ...read, params: { ...read?.params } }).toEqual({ ...written, params: { ...written.params } });
      }),
    );
  });

  it('is short enough to read aloud', () => {
    expect(
      printAddress({
        scene: 'slow-server',
        preset: 'slow',
        seed: 7,
        exercise: 'round-robin',
        params: { load: 0.6 },
        commands: [
          { atMs: 8000, kind: 'kill', node: 's2' },
          { atMs: 9000, kind: 'slow', node: 's3', speed: 0.5 },
          { atMs: 9500, kind: 'spike', factor: 3, forMs: 2000 },
          { atMs: 9600, kind: 'lag', node: 's1', ms: 100, peer: 'db' },
        ],
      }),
    ).toBe(
      'scene=slow-server&preset=slow&seed=7&exercise=round-robin&p.load=0.6&do=8000:kill:s2,9000:slow:s3:0.5,9500:spike:3:2000,9600:lag:s1:100:db',
    );
  });

  it('leaves out what it cannot read', () => {
    expect(
      parseAddress(
        'scene=x&seed=-1&at=soon&do=1:explode:s1,:kill:s1,5:kill,7:slow:s1:0,8:lose:s1:1.5,8:lag:s1,8:region-up:,9:kill:s2',
      ),
    ).toEqual({
      scene: 'x',
      params: {},
      commands: [{ atMs: 9, kind: 'kill', node: 's2' }],
    });
    expect(parseAddress('preset=slow')).toBeUndefined();
  });
});
