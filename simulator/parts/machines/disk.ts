/**
 * A disk that does one operation at a time, each in 1 ÷ iops seconds, in the order of asking: a queue with constant
 * service, so that nothing needs an event until an answer is there (Lindley's recursion, 1952). That is the simplest
 * model with the right ceiling, `iops` operations per second, and with a queue that grows before it. Real disks reorder,
 * merge and work in parallel: their queues are shorter at the same ceiling.
 */
export class Disk {
  readonly #operationUs: number;
  #freeAtUs = 0;

  /** @throws RangeError when `iops` is not above 0 */
  constructor(readonly iops: number) {
    if (!(iops > 0)) throw new RangeError(`iops: ${iops} is not above 0`);
    this.#operationUs = 1_000_000 / iops;
  }

  /**
   * Asks for some operations at once.
   * @param nowUs not before the last time asked
   * @param operations whole number from 0 on
   * @returns µs until the last of them is done, waiting included, a whole number
   */
  use(nowUs: number, operations: number): number {
    if (operations === 0) return 0;
    this.#freeAtUs = Math.max(nowUs, this.#freeAtUs) + operations * this.#operationUs;
    return Math.ceil(this.#freeAtUs) - nowUs;
  }

  /** Forgets what it was asked for and has not done. */
  clear(): void {
    this.#freeAtUs = 0;
  }
}
