import type { Box, Label, Row } from './layout.ts';

/** The still part of a lane's picture as SVG text. */
export function drawPicture(width: number, height: number, parts: readonly string[]): string {
  return (
    `<svg class="topology" width="100%" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">` +
    parts.join('') +
    '</svg>'
  );
}

/** The bar in the lane's colour. */
export function drawBar({ x, y, width, height }: Box): string {
  return `<rect class="balancer" x="${x}" y="${y}" width="${width}" height="${height}" rx="9"/>`;
}

export function drawTrack(y: number, from: number, to: number): string {
  return `<path class="track" d="M${from} ${y}H${to}"/>`;
}

/** A server or database: track, box with cores, name. */
export function drawRow(row: Row): string {
  const { box, label } = row;
  return drawNode(row, [
    drawTrack(row.y, row.trackFrom, row.trackTo),
    drawBox(box),
    drawCells(row.cores),
    drawCross(box),
    drawName(row.name, label),
  ]);
}

/** Everything that shows a node's state: classes on it say which that is. */
export function drawNode({ node, kind }: Pick<Row, 'node' | 'kind'>, parts: readonly string[]): string {
  return `<g class="server ${kind}" data-kind="${kind}" data-node="${node}">${parts.join('')}</g>`;
}

/** A whole box and the broken one that takes its place when it is overloaded. */
export function drawBox({ x, y, width, height }: Box): string {
  const right = x + width;
  const tooth = height / 6;
  const teeth = Array.from({ length: 6 }, (_, i) => `l${i % 2 === 0 ? -4 : 4} ${tooth}`).join('');
  return (
    `<rect class="whole" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>` +
    `<path class="broken" d="M${x} ${y}H${right}${teeth}H${x}Z"/>`
  );
}

/** Cores of a server, cells of a cache: what is filled as time goes on. */
export function drawCells(cells: readonly Box[]): string {
  const path = cells.map(
    ({ x, y, width, height }) => `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`,
  );
  return `<path class="core" d="${path.join('')}"/>`;
}

export function drawCross({ x, y, width, height }: Box): string {
  const [left, right, top, bottom] = [x + 3, x + width - 3, y + 3, y + height - 3];
  return `<path class="cross" d="M${left} ${top}L${right} ${bottom}M${right} ${top}L${left} ${bottom}"/>`;
}

/** A node's name and its state, which stands below unless it has a place of its own. */
export function drawName(name: string, at: Label): string {
  const { x, y, anchor = 'start', stateY = y + 6 } = at;
  return drawText('name', name, x, y, anchor) + drawText('state', '', x, stateY, anchor);
}

export function drawText(look: string, text: string, x: number, y: number, anchor: 'start' | 'end' = 'start'): string {
  return `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${escapeText(text)}</text>`;
}

/** Text made safe to stand in markup. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function short(length: number): string {
  return String(Number(length.toFixed(2)));
}
