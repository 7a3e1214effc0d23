import { describe, expect, test } from 'vitest';
import { examplesIn, exportedNames, toSpec } from './examples.ts';

const spec = (...examples: string[]) =>
  toSpec({
    examples,
    title: 'examples',
    module: './ring.ts',
    names: ['Ring'],
    standIns: './stand-ins.ts',
    standInNames: ['hash', 'readFeed'],
    open: (name) => `needs ${name}`,
  });

describe('a brief’s examples as a test', () => {
  test('are its TypeScript blocks, in order', () => {
    const brief = 'Text.\n\n```ts\none();\n```\n\n```sh\nnpm test\n```\r\n```ts\ntwo();\n```\n';
    expect(examplesIn(brief)).toEqual(['one();\n', 'two();\n']);
  });

  test.each([
    ["ring.pick(); // 'a'", "expect.soft(ring.pick()).toEqual('a');"],
    ['ring.size; // 2', 'expect.soft(ring.size).toEqual(2);'],
    ['await feeds.get(1); // undefined as well: who knows', 'expect.soft(await feeds.get(1)).toEqual(undefined);'],
    ['ring.list(); // [1, 2]: both', 'expect.soft(ring.list()).toEqual([1, 2]);'],
    ["ring.add('a'); // RangeError: server is known", "expect.soft(() => ring.add('a')).toThrow(RangeError);"],
    ['await feeds.get(1); // throws an Error', 'await expect.soft(feeds.get(1)).rejects.toThrow(Error);'],
  ])('a comment that begins with a value or an error is an expectation: %s', (line, expected) => {
    expect(spec(line)).toContain(expected);
  });

  test.each([
    "ring.pick(); // some server, say 'b'",
    "ring.acquire(); // 'b' again",
    "const next = ring.pick(); // 'b'",
    'time = 10; // 10',
    "photos.set('ant', 'jpg'); // ant 1",
    'ring.pick();',
  ])('any other line stays as it is: %s', (line) => {
    expect(spec(line)).toContain(`\n${line}\n`);
    expect(spec(line)).not.toContain('expect.');
  });

  test('an example sees what the ones before it declared, and may declare it anew', () => {
    expect(
      spec('const ring = new Ring();', 'const ring = new Ring();\nring.pick();').match(/\{\nconst ring/g),
    ).toHaveLength(2);
  });

  test('imports what the exercise exports, and stand-ins only where they are used', () => {
    expect(spec('ring();')).toContain('import { Ring } from "./ring.ts";');
    expect(spec('ring();')).not.toContain('stand-ins');
    expect(spec('new Ring(hash);')).toContain('import { hash } from "./stand-ins.ts";');
  });

  test('reads exports from a text that need not compile', () => {
    const source =
      'export class A {\n}}\nexport async function b() {\nexport const c = 1;\nexport type D = 1;\nclass E {}';
    expect(exportedNames(source)).toEqual(['A', 'b', 'c']);
  });
});
