export interface Settler {
  /** Something happened to `file`; told when nothing more happens to it for a while. */
  readonly note: (file: string, what: 'saved' | 'gone') => void;
  /** Forgets what has not been told yet. */
  readonly stop: () => void;
}

/** Turns the steps in which an editor saves into one event per file: the last of them, `quietMs` after it. */
export function createSettler(tell: (file: string, what: 'saved' | 'gone') => void, quietMs: number): Settler {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    note: (file, what) => {
      clearTimeout(timers.get(file));
      const timer = setTimeout(() => {
        timers.delete(file);
        tell(file, what);
      }, quietMs);
      timers.set(file, timer);
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
