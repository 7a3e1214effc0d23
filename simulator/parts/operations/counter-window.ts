import { microseconds } from '../../microseconds.ts';

/**
 * Growth of a counter over the last while, from samples taken now and then: arrivals per second, or CPU time per
 * time, which is how busy a machine was. Like Prometheus' `rate` without its extrapolation: from the last sample at
 * or before the window's beginning to the latest, so that no growth between two samples is left out.
 */
export class CounterWindow {
  readonly #windowUs: number;
  readonly #samples: { readonly atUs: number; readonly total: number }[] = [];

  /** @throws RangeError when `windowMs` is not above 0 */
  constructor(windowMs: number) {
    if (!(windowMs > 0)) throw new RangeError(`windowMs: ${windowMs} is not above 0`);
    this.#windowUs = microseconds(windowMs);
  }

  /** @param total the counter's value at `atUs`, later than at the sample before */
  sample(atUs: number, total: number): void {
    this.#samples.push({ atUs, total });
    while (this.#samples.length > 2 && this.#samples[1]!.atUs <= atUs - this.#windowUs) this.#samples.shift();
  }

  /** Growth per µs; undefined before there are two samples. */
  get perUs(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || first === last) return undefined;
    return (last.total - first.total) / (last.atUs - first.atUs);
  }

  get perSecond(): number | undefined {
    const { perUs } = this;
    return perUs === undefined ? undefined : perUs * 1_000_000;
  }
}
