import type { Language } from '../../../simulator/text.ts';
import type { TraceNode } from '../../../simulator/trace.ts';
import { drawBar, drawPicture, drawRow } from '../draw-topology.ts';
import type { Box, Row } from '../layout.ts';
import { barOf, boxWidthFor, gapOf, labelWidthFor, PAD, ROW, rowOf } from '../layout.ts';
import { nodeName } from '../node-names.ts';
import type { Brush } from '../paint.ts';
import { paintRow, paintTravelling } from '../paint.ts';
import type { Topology } from '../topology.ts';

export interface FleetLayout {
  readonly width: number;
  readonly height: number;
  readonly bar: Box | undefined;
  readonly rows: readonly Row[];
}

/** Balancer, tracks and servers: whatever works has a row. */
export const fleet: Topology = {
  draws: () => true,
  lay: (index, width, language) => {
    const layout = layFleet(index.trace.nodes, width, language);
    const { height, bar, rows } = layout;
    return {
      width,
      height,
      still: drawPicture(width, height, [...rows.map(drawRow), bar ? drawBar(bar) : '']),
      nodes: rows.map(({ node }) => node),
      paint: (brush, atUs) => {
        for (const row of rows) paintServer(brush, row, atUs);
      },
    };
  },
};

export function layFleet(nodes: readonly TraceNode[], width: number, language: Language): FleetLayout {
  const servers = nodes.flatMap((node, index) =>
    node.cores > 0 ? [{ ...node, index, name: nodeName(node.id, language) }] : [],
  );
  const height = servers.length * ROW + 2 * PAD;
  const bar = nodes.some(({ kind }) => kind === 'balancer') ? barOf(width, height) : undefined;
  const boxWidth = boxWidthFor(Math.max(1, ...servers.map(({ cores }) => cores)));
  const labelWidth = Math.max(...servers.map(({ name }) => labelWidthFor(name, width)));
  const boxX = Math.round(width - labelWidth - boxWidth);
  const rows = servers.map((server, place) =>
    rowOf(server, {
      y: PAD + ROW * place + ROW / 2,
      trackFrom: bar ? bar.x + bar.width : 0,
      boxX,
      boxWidth,
      gap: gapOf(width),
    }),
  );
  return { width, height, bar, rows };
}

function paintServer(brush: Brush, row: Row, atUs: number): void {
  const tail = paintRow(brush, row, atUs);
  if (brush.travelUs === 0) return;
  const from = row.trackFrom + 4;
  const to = Math.max(from, tail);
  paintTravelling(brush, brush.index.travelling(row.node, atUs, brush.travelUs), (_, way) => ({
    x: from + (to - from) * way,
    y: row.y,
  }));
}
