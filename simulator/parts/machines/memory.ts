/**
 * Memory of one process, MB. Whoever is served holds some of it; what does not fit kills the process, which is for its
 * owner to do. By Little's law the mean in use is arrival rate × MB each × mean time held: a mean, not a safe limit,
 * because the number of holders varies like √mean at the least.
 */
export class Memory {
  readonly #held = new Map<number, number>();
  #usedMb = 0;

  /** @throws RangeError when `limitMb` is not above 0 */
  constructor(readonly limitMb: number) {
    if (!(limitMb > 0)) throw new RangeError(`limitMb: ${limitMb} is not above 0`);
  }

  get usedMb(): number {
    return this.#usedMb;
  }

  /** How many hold something. */
  get holders(): number {
    return this.#held.size;
  }

  /**
   * Takes `mb` (≥ 0) for a holder who has none yet. False, and nothing is taken, when that is more than is left.
   * @throws RangeError when the holder has some, or `mb` is below 0
   */
  hold(holder: number, mb: number): boolean {
    if (!(mb >= 0)) throw new RangeError(`mb: ${mb} is below 0`);
    if (this.#held.has(holder)) throw new RangeError(`holder ${holder} has memory`);
    if (this.#usedMb + mb > this.limitMb) return false;
    this.#held.set(holder, mb);
    this.#usedMb += mb;
    return true;
  }

  /** Gives back what a holder has, if anything. */
  release(holder: number): void {
    this.#usedMb -= this.#held.get(holder) ?? 0;
    this.#held.delete(holder);
    if (this.#held.size === 0) this.#usedMb = 0;
  }

  /** The process has died: nobody holds anything. Returns who did, in the order in which they came. */
  clear(): readonly number[] {
    const holders = [...this.#held.keys()];
    this.#held.clear();
    this.#usedMb = 0;
    return holders;
  }
}
