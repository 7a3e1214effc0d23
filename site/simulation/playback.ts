/** The clock of a simulation's view: simulated time that runs with the screen, at a speed, up to an end. */
export class Playback {
  #atUs = 0;
  #frame = 0;
  #last = 0;
  speed = 1;

  constructor(
    private readonly events: {
      readonly draw: (atUs: number) => void;
      readonly ended: () => void;
    },
    /** Moves on in jumps of this length instead of with every frame; 0: smoothly. */
    private readonly jumpUs: () => number,
    public durationUs = 0,
  ) {}

  get atUs(): number {
    return this.#atUs;
  }

  get playing(): boolean {
    return this.#frame !== 0;
  }

  play(): void {
    if (this.playing) return;
    if (this.#atUs >= this.durationUs) this.#atUs = 0;
    this.#last = performance.now();
    this.#frame = requestAnimationFrame(this.#tick);
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  seek(atUs: number): void {
    this.#atUs = Math.min(this.durationUs, Math.max(0, atUs));
    this.events.draw(this.#atUs);
  }

  readonly #tick = (now: number): void => {
    const jump = this.jumpUs();
    // A tab that slept must not leap: at most a tenth of a second of the viewer's time per frame.
    const passed = Math.min(jump > 0 ? 1_000 : 100, now - this.#last) * 1000 * this.speed;
    if (jump === 0 || passed >= jump * this.speed) {
      this.#last = now;
      this.#atUs = Math.min(this.durationUs, this.#atUs + passed);
      this.events.draw(this.#atUs);
    }
    if (this.#atUs >= this.durationUs) {
      this.#frame = 0;
      this.events.ended();
      return;
    }
    this.#frame = requestAnimationFrame(this.#tick);
  };
}
