import {
  type Drawing,
  type Mark,
  type Run,
  runSize,
  subscriptDrop,
  type TextMark,
} from './drawing.ts';

/** Fonts that are there wherever the picture is looked at. */
const families = {
  plain: 'Inter, system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
  bold: 'Inter, system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
  name: 'KaTeX_Math, "Latin Modern Math", "STIX Two Text", "Times New Roman", "DejaVu Serif", serif',
};

/** The picture as a document of SVG 1.1: nothing but shapes and text that can be selected, nothing from elsewhere. */
export function toSvg({ left, top, width, height, paper, title, marks }: Drawing): string {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">`,
    ...(title === '' ? [] : [`<title>${escapeXml(title)}</title>`]),
    `<style>text{font-family:${families.plain};font-variant-numeric:tabular-nums;white-space:pre}.b{font-weight:600}.n{font-family:${families.name};font-style:italic}</style>`,
    ...(paper === null
      ? []
      : [
          // A little over the edges, where the picture ends within a pixel.
          `<rect x="${left - 1}" y="${top - 1}" width="${width + 2}" height="${height + 2}" fill="${paper}"/>`,
        ]),
    ...marks.map(element),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function element(mark: Mark): string {
  switch (mark.kind) {
    case 'box': {
      const { x, y, width, height, radius, fill = 'none', stroke, thick = 1, dash } = mark;
      const round = radius > 0 ? ` rx="${n(radius)}"` : '';
      return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${round} fill="${fill}"${line(stroke, thick, dash)}/>`;
    }
    case 'path': {
      const d = mark.pieces.map(([kind, ...at]) => `${kind}${at.map(n).join(' ')}`).join('');
      return `<path d="${d}" fill="none"${line(mark.stroke, mark.thick, mark.dash)} stroke-linecap="round"/>`;
    }
    case 'text':
      return textElement(mark);
  }
}

function line(stroke: string | undefined, thick: number, dash: readonly number[] | undefined) {
  if (!stroke) return '';
  const dashes = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return ` stroke="${stroke}" stroke-width="${n(thick)}"${dashes}`;
}

function textElement({ x, y, anchor, size, colour, runs }: TextMark): string {
  const place = `x="${n(x)}" y="${n(y)}"`;
  const aligned = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  let low = false;
  const spans = runs.map((run) => {
    const shift = lowered(run, low, size);
    low = run.low ?? false;
    return span(run, size, shift);
  });
  return `<text ${place}${aligned} font-size="${n(size)}" fill="${colour}">${spans.join('')}</text>`;
}

/** How far down a run goes from where the last one was. */
function lowered({ low = false }: Run, was: boolean, size: number): number {
  if (low === was) return 0;
  return (low ? 1 : -1) * subscriptDrop * size;
}

function span(run: Run, size: number, shift: number): string {
  const style = { plain: '', bold: ' class="b"', name: ' class="n"' }[run.face];
  const own = runSize(run, size);
  const bigger = own === size ? '' : ` font-size="${n(own)}"`;
  const colour = run.colour ? ` fill="${run.colour}"` : '';
  const down = shift === 0 ? '' : ` dy="${n(shift)}"`;
  const written = escapeXml(run.text);
  const attributes = `${style}${bigger}${colour}${down}`;
  return attributes === '' ? written : `<tspan${attributes}>${written}</tspan>`;
}

/** At most two decimals, and no −0. */
function n(x: number): string {
  return String(Math.round(x * 100) / 100 || 0);
}

/** Text for XML: its five signs escaped, and what XML 1.0 does not allow replaced. */
export function escapeXml(written: string): string {
  return written
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
