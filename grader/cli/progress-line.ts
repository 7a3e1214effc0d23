const QUIET_MS = 2000;
const REFRESH_MS = 200;
const CLEAR_LINE = '\r\u001b[2K';

/** One line on stderr that says what takes so long; it appears after two seconds, on a terminal only. */
export interface ProgressLine {
  readonly set: (text: string) => void;
  /** Takes the line away. Safe to call twice. */
  readonly stop: () => void;
}

export function startProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (stream.isTTY !== true) return { set: () => undefined, stop: () => undefined };
  const started = Date.now();
  let text = '';
  let shown = false;
  const timer = setInterval(() => {
    const elapsed = Date.now() - started;
    if (elapsed < QUIET_MS || text === '') return;
    shown = true;
    stream.write(`${CLEAR_LINE}${text} … ${Math.floor(elapsed / 1000)} s`);
  }, REFRESH_MS);
  timer.unref();
  return {
    set: (next) => {
      text = next;
    },
    stop: () => {
      clearInterval(timer);
      if (shown) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}
