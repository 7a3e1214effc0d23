import type { Layout, Row } from './layout.ts';

/** The still part of a lane's picture as SVG text, drawn alike on the server and in the page. */
export function drawTopology(layout: Layout): string {
  const { width, height, balancer, rows } = layout;
  const bar = balancer
    ? `<rect class="balancer" x="${balancer.x}" y="${balancer.y}" width="${balancer.width}" height="${balancer.height}" rx="9"/>`
    : '';
  return (
    `<svg class="topology" width="100%" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">` +
    rows.map(drawRow).join('') +
    bar +
    '</svg>'
  );
}

function drawRow(row: Row): string {
  const { box } = row;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const tooth = box.height / 6;
  const teeth = Array.from({ length: 6 }, (_, i) => `l${i % 2 === 0 ? -4 : 4} ${tooth}`).join('');
  return (
    `<g class="server" data-node="${row.node}">` +
    `<line class="track" x1="${row.trackFrom}" y1="${row.y}" x2="${row.trackTo}" y2="${row.y}"/>` +
    `<rect class="whole" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="4"/>` +
    `<path class="broken" d="M${box.x} ${box.y}H${right}${teeth}H${box.x}Z"/>` +
    row.cores
      .map(
        ({ x, y, width, height }) =>
          `<rect class="core" x="${x}" y="${y}" width="${width}" height="${height}" rx="2"/>`,
      )
      .join('') +
    `<path class="cross" d="M${box.x + 3} ${box.y + 3}L${right - 3} ${bottom - 3}M${right - 3} ${box.y + 3}L${box.x + 3} ${bottom - 3}"/>` +
    `<text class="name" x="${row.labelX}" y="${row.y + 4}">${escapeText(row.name)}</text>` +
    `<text class="state" x="${row.labelX}" y="${row.y + 10}"></text>` +
    '</g>'
  );
}

/** Text made safe to stand in markup. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
