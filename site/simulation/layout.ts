import type { TraceNode } from '../../simulator/trace.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One server with the track that leads to it; all lengths in CSS pixels. */
export interface Row {
  /** Index into the trace's nodes. */
  readonly node: number;
  readonly name: string;
  /** Height of the track. */
  readonly y: number;
  readonly trackFrom: number;
  readonly trackTo: number;
  readonly box: Box;
  readonly cores: readonly Box[];
  readonly labelX: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly balancer: Box | undefined;
  readonly rows: readonly Row[];
  /** Between two requests in a queue. */
  readonly gap: number;
}

const ROW = 30;
const PAD = 4;
const BOX_HEIGHT = 22;

/** Height of a picture with this many servers, known before its width is. */
export function pictureHeight(servers: number): number {
  return servers * ROW + 2 * PAD;
}

/** Places balancer, tracks and servers of a run in a picture of this width. */
export function layOut(nodes: readonly TraceNode[], width: number): Layout {
  const servers = nodes.flatMap((node, index) => (node.cores > 0 ? [{ node, index }] : []));
  const height = pictureHeight(servers.length);
  const compact = width < 420;
  const most = Math.max(1, ...servers.map(({ node }) => node.cores));
  const boxWidth = Math.min(120, Math.max(48, most * 19 + 10));
  const labelWidth = compact ? 54 : 62;
  const boxX = Math.round(width - labelWidth - boxWidth);
  const balancer = nodes.some(({ kind }) => kind === 'balancer')
    ? { x: compact ? 10 : 0, y: PAD, width: 18, height: height - 2 * PAD }
    : undefined;
  return {
    width,
    height,
    balancer,
    gap: compact ? 7 : 8,
    rows: servers.map(({ node, index }, place) => {
      const y = PAD + ROW * place + ROW / 2;
      const box = { x: boxX, y: y - BOX_HEIGHT / 2, width: boxWidth, height: BOX_HEIGHT };
      return {
        node: index,
        name: nodeName(node.id),
        y,
        trackFrom: balancer ? balancer.x + balancer.width : 0,
        trackTo: boxX - 4,
        box,
        cores: coreBoxes(box, node.cores),
        labelX: boxX + boxWidth + 8,
      };
    }),
  };
}

/** How a node is called on the page: `server-1` → `S1`. */
export function nodeName(id: string): string {
  return id.replace(/^s(?:erver-)?(?=\d+$)/, 'S');
}

/** How many requests of a queue fit on a track before the rest becomes a number. */
export function queueRoom(row: Row, gap: number): number {
  return Math.max(1, Math.floor((row.trackTo - row.trackFrom - 62) / gap));
}

function coreBoxes(box: Box, cores: number): Box[] {
  const inner = box.width - 8;
  const width = Math.min(14, (inner - 4 * (cores - 1)) / cores);
  const gap = cores > 1 ? (inner - cores * width) / (cores + 1) : (inner - width) / 2;
  return Array.from({ length: cores }, (_, core) => ({
    x: box.x + 4 + gap + core * (width + gap),
    y: box.y + 4,
    width,
    height: box.height - 8,
  }));
}
