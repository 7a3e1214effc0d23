/** Name, message and stack of whatever was thrown, without trusting it to be an error. */
export function described(thrown: unknown): { message: string; name?: string; stack?: string } {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return { message: text(error.message) ?? String(thrown), name: text(error.name), stack: text(error.stack) };
}
