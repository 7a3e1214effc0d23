type Context = CanvasRenderingContext2D;

export function dot(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

export function ring(context: Context, x: number, y: number, radius: number, edge: string, fill: string): void {
  context.strokeStyle = edge;
  context.fillStyle = fill;
  context.lineWidth = 1.75;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
  context.stroke();
}

export function diamond(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.fill();
}

export function square(context: Context, x: number, y: number, half: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(x - half, y - half, 2 * half, 2 * half);
}

export function hollowSquare(context: Context, x: number, y: number, half: number, edge: string, fill: string): void {
  square(context, x, y, half, fill);
  context.strokeStyle = edge;
  context.lineWidth = 1.75;
  context.strokeRect(x - half, y - half, 2 * half, 2 * half);
}

export function cross(context: Context, x: number, y: number, half: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - half, y - half);
  context.lineTo(x + half, y + half);
  context.moveTo(x + half, y - half);
  context.lineTo(x - half, y + half);
  context.stroke();
}

/** @returns its left edge */
export function pill(context: Context, right: number, y: number, text: string, fill: string, ink: string): number {
  context.font = '600 11px system-ui, sans-serif';
  const width = context.measureText(text).width + 10;
  const left = right - width + 2;
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(left, y - 8.5, width, 17, 8.5);
  context.fill();
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, left + width / 2, y + 0.5);
  return left - 4;
}
