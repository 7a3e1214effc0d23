/** Scenes speak in milliseconds, the kernel in whole microseconds. */
export function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}
