import { describe, expect, it } from 'vitest';
import { scene as cacheSize } from '../../lessons/04-caching-and-cdn/scenes/cache-size.ts';
import { scene as cdn } from '../../lessons/04-caching-and-cdn/scenes/cdn.ts';
import { nodeName, placeName } from './node-names.ts';

describe('the name of a node', () => {
  it('is a server’s number, in any language', () => {
    expect([nodeName('server-12', 'en'), nodeName('s3', 'ko')]).toEqual(['S12', 'S3']);
  });

  it('names an edge server by its region', () => {
    expect(nodeName('edge-virginia', 'en')).toBe('Virginia edge');
    expect(nodeName('edge-virginia', 'ko')).toBe('버지니아 에지 서버');
  });

  it('is Korean on Korean pages for whatever the scenes have', async () => {
    const { nodes } = await cacheSize.run(cacheSize.plan(cacheSize.presets[0]!.params), cacheSize.baselines[0]!.make, {
      seed: 1,
    });
    const { regions } = cdn.plan(cdn.presets[0]!.params);
    for (const { id } of nodes) expect(nodeName(id, 'ko'), id).toMatch(/^[가-힣]+$/);
    for (const { name } of regions) expect(placeName(name, 'ko'), name).toMatch(/^[가-힣]+$/);
    for (const { name } of regions) expect(placeName(name, 'en'), name).not.toBe(name);
  });

  it('of a node that nobody has named is its id', () => {
    expect(nodeName('primary', 'ko')).toBe('primary');
  });
});
