import { type Page, wrap } from '../page.ts';
import type { Element, Piece } from './compile.ts';

const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'pre', 'blockquote', 'hr']);

/** A brief, or a hint of it, as lines of a terminal page. Blocks are separated by one empty line. */
export function renderPieces(page: Page, pieces: readonly Piece[], indent = 3): string[] {
  return blocksOf(pieces)
    .map((block) => renderBlock(page, block, indent))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

type Block = { readonly inline: readonly Piece[] } | Element;

/** Loose words between blocks become paragraphs of their own. */
function blocksOf(pieces: readonly Piece[]): Block[] {
  const blocks: Block[] = [];
  let loose: Piece[] = [];
  const close = () => {
    if (loose.some((piece) => typeof piece !== 'string' || piece.trim() !== '')) blocks.push({ inline: loose });
    loose = [];
  };
  for (const piece of pieces) {
    if (typeof piece !== 'string' && isBlock(piece)) {
      close();
      blocks.push(piece);
    } else {
      loose.push(piece);
    }
  }
  close();
  return blocks;
}

/** HTML's blocks, and components that have blocks inside. */
function isBlock({ tag, children }: Element): boolean {
  return BLOCKS.has(tag) || children.some((child) => typeof child !== 'string' && isBlock(child));
}

function renderBlock(page: Page, block: Block, indent: number): string[] {
  if ('inline' in block) return renderWords(page, block.inline, indent);
  const { tag, children } = block;
  switch (tag) {
    case 'p':
      return renderWords(page, children, indent);
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
      return wrap(page.colors.bold(inline(page, children)), page.width - indent + 2).map((line) => ` ${line}`);
    case 'ul':
    case 'ol':
      return renderList(page, children, indent, tag === 'ol');
    case 'pre':
      return renderCode(page, children, indent);
    case 'blockquote':
      return renderPieces({ ...page, width: page.width - 2 }, children, 0).map(
        (line) => `${' '.repeat(indent)}${page.colors.dim('│')} ${line}`,
      );
    case 'hr':
      return [`${' '.repeat(indent)}${page.colors.dim('─'.repeat(page.width - indent))}`];
    default:
      return renderPieces(page, children, indent);
  }
}

function renderWords(page: Page, words: readonly Piece[], indent: number): string[] {
  const text = inline(page, words);
  return text === '' ? [] : wrap(text, page.width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

function renderList(page: Page, items: readonly Piece[], indent: number, numbered: boolean): string[] {
  const margin = ' '.repeat(indent);
  return items
    .filter((item) => typeof item !== 'string')
    .flatMap((item, index) => {
      const mark = numbered ? `${index + 1}. ` : '- ';
      const inner = renderPieces({ ...page, width: page.width - indent - mark.length }, item.children, 0);
      const lines = isLoose(item) ? inner : inner.filter((line) => line !== '');
      return lines.map((line, at) => `${margin}${at === 0 ? mark : ' '.repeat(mark.length)}${line}`.trimEnd());
    });
}

/** Whether an item is made of paragraphs, as Markdown makes it when there are empty lines between items. */
function isLoose({ children }: Element): boolean {
  return children.some((child) => typeof child !== 'string' && child.tag === 'p');
}

/** Code keeps its lines whatever the width: what is wrapped cannot be copied. */
function renderCode(page: Page, children: readonly Piece[], indent: number): string[] {
  return plainText(children)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${' '.repeat(indent + 2)}${page.colors.cyan(line)}`.trimEnd());
}

function inline(page: Page, pieces: readonly Piece[]): string {
  return words(page, pieces).trim();
}

function styled(page: Page, { tag, props, children }: Element): string {
  const { bold, italic, cyan, isColorSupported } = page.colors;
  switch (tag) {
    case 'code':
      return isColorSupported ? cyan(plainText(children)) : `\`${plainText(children)}\``;
    case 'strong':
      return bold(words(page, children));
    case 'em':
      return isColorSupported ? italic(words(page, children)) : `*${words(page, children)}*`;
    case 'br':
      return '\n';
    case 'a': {
      const href = String(props.href ?? '');
      return /^https?:/.test(href) ? `${words(page, children)} (${href})` : words(page, children);
    }
    default:
      return words(page, children);
  }
}

/** Like `inline`, but keeps the spaces at both ends: they separate words. */
function words(page: Page, pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece.replace(/\s+/g, ' ') : styled(page, piece))).join('');
}

function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainText(piece.children))).join('');
}
