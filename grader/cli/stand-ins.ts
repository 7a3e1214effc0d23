/**
 * What briefs take for granted in their examples, for `npm run try`. A name that is not here is left to the reader.
 */

/** FNV-1a over bytes, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/** Stands for a slow read, and says when it is called. */
export async function readFeed(key: string): Promise<string> {
  console.info(`readFeed(${key})`);
  return `the feed of ${key}`;
}
