import { escapeHtml, html, type Markup, trusted } from '../report/html.ts';
import type { Element, Piece } from './compile.ts';

/** What a brief may be made of. Anything else keeps its words and loses its tag. */
const TAGS = new Set([
  'p',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'pre',
  'code',
  'em',
  'strong',
  'blockquote',
  'br',
  'hr',
]);
const EMPTY = new Set(['br', 'hr']);

/** A brief as HTML, for the report. Headings move down one level, below the exercise's own. */
export function briefToHtml(pieces: readonly Piece[]): Markup {
  return trusted(
    pieces.map((piece) => (typeof piece === 'string' ? escapeHtml(piece) : elementToHtml(piece))).join(''),
  );
}

function elementToHtml({ tag, props, children }: Element): string {
  const inside = briefToHtml(children);
  if (tag === 'a') return html`<a href="${safeLink(props.href)}">${inside}</a>`.markup;
  if (!TAGS.has(tag)) return inside.markup;
  const name = tag === 'h2' ? 'h3' : tag === 'h3' ? 'h4' : tag;
  if (EMPTY.has(name)) return `<${name}>`;
  return name === 'pre' ? `<pre tabindex="0">${inside.markup}</pre>` : `<${name}>${inside.markup}</${name}>`;
}

function safeLink(href: unknown): string {
  return typeof href === 'string' && /^(https?:|#)/.test(href) ? href : '#';
}
