/** Markup that is safe to put into a page: only this module and `html` make it. */
export interface Markup {
  readonly markup: string;
}

type Hole = Markup | string | number | undefined | readonly Hole[];

/** Writes HTML; whatever is filled in is text and escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return { markup: parts.map((part, index) => part + (index < holes.length ? fill(holes[index]) : '')).join('') };
}

/** Takes a text for markup as it stands. For texts of this project only, never for a learner's. */
export function trusted(markup: string): Markup {
  return { markup };
}

/** Data for a script of the page; no text in it can end the element. */
export function dataScript(data: unknown): Markup {
  return trusted(`<script type="application/json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`);
}

/** A sentence in which `code` stands in backquotes. */
export function prose(text: string): Markup {
  return trusted(escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>'));
}

export function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? '',
  );
}

function fill(hole: Hole): string {
  if (hole === undefined) return '';
  if (typeof hole === 'string' || typeof hole === 'number') return escapeHtml(String(hole));
  return 'markup' in hole ? hole.markup : hole.map(fill).join('');
}
