import { type Drawing, type Mark, runSize, subscriptDrop, type TextMark } from '#export';
import { exporting } from '../strings/en-export.ts';

const fonts = {
  plain: (size: number) => `400 ${size}px "Inter Variable", Inter, system-ui, sans-serif`,
  bold: (size: number) => `600 ${size}px "Inter Variable", Inter, system-ui, sans-serif`,
  name: (size: number) => `italic 400 ${size}px "Gradwire Names", "Times New Roman", serif`,
};

/** Pixels a canvas may have. */
const mostPixels = 2 ** 27;
const longestSide = 16_384;

/** A canvas with the picture, so many times as large as it is. Throws one sentence where it would be too large. */
export function painted(drawing: Drawing, scale: number): HTMLCanvasElement {
  const [width, height] = [Math.ceil(drawing.width * scale), Math.ceil(drawing.height * scale)];
  if (width * height > mostPixels || Math.max(width, height) > longestSide) {
    throw new Error(exporting.tooLarge);
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  paint(canvas, drawing, scale);
  return canvas;
}

/** Paints the picture over whatever is on a canvas. */
export function paint(canvas: HTMLCanvasElement, drawing: Drawing, scale: number): void {
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error(exporting.tooLarge);
  const { left, top, width, height, paper, marks } = drawing;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  if (paper !== null) {
    pen.fillStyle = paper;
    pen.fillRect(left, top, width, height);
  }
  pen.lineCap = 'round';
  for (const mark of marks) draw(pen, mark);
}

function draw(pen: CanvasRenderingContext2D, mark: Mark): void {
  switch (mark.kind) {
    case 'box':
      pen.beginPath();
      pen.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
      if (mark.fill) {
        pen.fillStyle = mark.fill;
        pen.fill();
      }
      if (mark.stroke) line(pen, mark.stroke, mark.thick ?? 1, mark.dash);
      break;
    case 'path':
      pen.beginPath();
      for (const piece of mark.pieces) {
        if (piece[0] === 'C') {
          const [, x1, y1, x2, y2, x3, y3] = piece;
          pen.bezierCurveTo(x1, y1, x2, y2, x3, y3);
        } else if (piece[0] === 'M') pen.moveTo(piece[1], piece[2]);
        else pen.lineTo(piece[1], piece[2]);
      }
      line(pen, mark.stroke, mark.thick, mark.dash);
      break;
    case 'text':
      write(pen, mark);
  }
}

function line(
  pen: CanvasRenderingContext2D,
  stroke: string,
  thick: number,
  dash: readonly number[] = [],
): void {
  pen.strokeStyle = stroke;
  pen.lineWidth = thick;
  pen.setLineDash([...dash]);
  pen.stroke();
}

function write(
  pen: CanvasRenderingContext2D,
  { x, y, anchor, size, colour, runs }: TextMark,
): void {
  const parts = runs.map((run) => {
    pen.font = fonts[run.face](runSize(run, size));
    return { run, font: pen.font, width: pen.measureText(run.text).width };
  });
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  let at = x - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
  for (const part of parts) {
    pen.font = part.font;
    pen.fillStyle = part.run.colour ?? colour;
    pen.fillText(part.run.text, at, y + (part.run.low ? subscriptDrop * size : 0));
    at += part.width;
  }
}
