/**
 * FNV-1a over the bytes, then the finaliser of MurmurHash3 so that close inputs differ in every bit.
 * FNV: Fowler, Noll, Vo (RFC 9923); finaliser: Appleby, MurmurHash3 `fmix32`.
 * @returns an unsigned 32-bit integer
 */
export function hashBytes(bytes: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index++) {
    hash = Math.imul(hash ^ (bytes[index]! & 0xff), 0x01000193);
  }
  return mix(hash);
}

/** `hashBytes` over the UTF-16 code units of a text, low byte first. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return mix(hash);
}

/** MurmurHash3's 32-bit finaliser: a bijection of the 32-bit integers in which each input bit moves every output bit. */
export function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
