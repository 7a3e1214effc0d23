/** Runs in a page, before anything else there: notes when frames come and how long the page is at work for each. */

export interface Frames {
  /** From each frame to the next, ms. */
  readonly apart: readonly number[];
  /** In the page's own code for each frame, ms. */
  readonly work: readonly number[];
}

const ask = window.requestAnimationFrame.bind(window);
let spent = 0;
window.requestAnimationFrame = (draw) =>
  ask((now) => {
    const from = performance.now();
    draw(now);
    spent += performance.now() - from;
  });

/** Watches all frames of a stretch of time, ms. */
export function watch(forMs: number): Promise<Frames> {
  return new Promise((done) => {
    const apart: number[] = [];
    const work: number[] = [];
    let first: number | undefined;
    let last = 0;
    const frame = (now: number) => {
      if (first === undefined) first = now;
      else {
        apart.push(now - last);
        work.push(spent);
      }
      spent = 0;
      last = now;
      if (now - first < forMs) ask(frame);
      else done({ apart, work });
    };
    ask(frame);
  });
}
