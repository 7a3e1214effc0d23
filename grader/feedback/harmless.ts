/** Control characters but tab and line break: what would move a cursor, change colours or ring a bell. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * The same data with every text harmless to a terminal: a learner's strings reach it through errors, console output
 * and received values.
 */
export function harmless<T>(data: T): T {
  if (typeof data === 'string') return harmlessText(data).replaceAll('\t', '  ') as T;
  if (Array.isArray(data)) return data.map(harmless) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, harmless(value)])) as T;
}

/** One text made harmless; its tabs stay, so that columns keep their meaning. */
export function harmlessText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(CONTROLS, '�');
}
