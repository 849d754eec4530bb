import { latexText } from '../text/latex.ts';
import type { Drawing, Mark, Run, TextMark } from './drawing.ts';
import { channels } from './palette.ts';

/**
 * The picture as a LaTeX document that pdflatex compiles as it is; its `tikzpicture` can be copied into
 * another one together with the colours above it. One unit is one point of the page.
 */
export function toTikz(drawing: Drawing): string {
  const { left, top, width, height, paper, title, marks } = drawing;
  const colours = new Colours();
  const body = marks.map((mark) => command(mark, colours));
  const sheet = paper === null ? 'path' : `fill[${colours.of(paper)}]`;
  const lines = [
    ...(title === '' ? [] : [`% ${title.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`]),
    '\\documentclass{article}',
    // The page is as large as the picture; class standalone, which does the same, is not everywhere.
    `\\usepackage[paperwidth=${n(0.75 * width)}pt, paperheight=${n(0.75 * height)}pt, margin=0pt]{geometry}`,
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage[T1]{fontenc}',
    '\\usepackage{textcomp}',
    '\\usepackage{amssymb}',
    '\\usepackage{tikz}',
    '\\renewcommand{\\familydefault}{\\sfdefault}',
    ...colours.definitions(),
    '\\pagestyle{empty}',
    '\\setlength{\\parindent}{0pt}',
    '\\setlength{\\topskip}{0pt}',
    '\\begin{document}',
    // Down the page, as in the drawing.
    '\\begin{tikzpicture}[x=0.75pt, y=-0.75pt, line cap=round]%',
    `\\${sheet} (${left}, ${top}) rectangle (${left + width}, ${top + height});`,
    ...body,
    '\\end{tikzpicture}',
    '\\end{document}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Colours by name, in the order in which they are met. */
class Colours {
  readonly #names = new Map<string, string>();

  of(colour: string): string {
    const known = this.#names.get(colour);
    if (known) return known;
    const name = `c${this.#names.size + 1}`;
    this.#names.set(colour, name);
    return name;
  }

  definitions(): readonly string[] {
    return [...this.#names].map(
      ([colour, name]) => `\\definecolor{${name}}{RGB}{${channels(colour).join(',')}}`,
    );
  }
}

function command(mark: Mark, colours: Colours): string {
  switch (mark.kind) {
    case 'box': {
      const { x, y, width, height, radius, fill, stroke, thick = 1, dash } = mark;
      const options = [
        ...(radius > 0 ? [`rounded corners=${n(0.75 * radius)}pt`] : []),
        ...(fill ? [`fill=${colours.of(fill)}`] : []),
        ...(stroke ? pen(colours.of(stroke), thick, dash) : []),
      ];
      return `\\path[${options.join(', ')}] (${n(x)}, ${n(y)}) rectangle (${n(x + width)}, ${n(y + height)});`;
    }
    case 'path': {
      const pieces = mark.pieces.map((piece) => {
        const [kind, ...at] = piece;
        const points = Array.from(
          { length: at.length / 2 },
          (_, index) => `(${n(at[2 * index] ?? 0)}, ${n(at[2 * index + 1] ?? 0)})`,
        );
        if (kind === 'M') return points[0];
        if (kind === 'L') return `-- ${points[0]}`;
        return `.. controls ${points[0]} and ${points[1]} .. ${points[2]}`;
      });
      const options = pen(colours.of(mark.stroke), mark.thick, mark.dash);
      return `\\path[${options.join(', ')}] ${pieces.join(' ')};`;
    }
    case 'text':
      return node(mark, colours);
  }
}

function pen(colour: string, thick: number, dash: readonly number[] | undefined): string[] {
  const pattern = (dash ?? []).map(
    (length, at) => `${at % 2 === 0 ? 'on' : 'off'} ${n(0.75 * length)}pt`,
  );
  return [
    `draw=${colour}`,
    `line width=${n(0.75 * thick)}pt`,
    ...(dash ? [`dash pattern=${pattern.join(' ')}`] : []),
  ];
}

function node({ x, y, anchor, size, colour, runs }: TextMark, colours: Colours): string {
  const place = { start: 'base west', middle: 'base', end: 'base east' }[anchor];
  const points = n(0.75 * size);
  const font = `font=\\fontsize{${points}}{${points}}\\selectfont`;
  const written = runs.map((run) => setting(run, size, colours)).join('');
  return `\\node[anchor=${place}, inner sep=0pt, ${font}, text=${colours.of(colour)}] at (${n(x)}, ${n(y)}) {${written}};`;
}

function setting({ text, face, low, colour }: Run, size: number, colours: Colours): string {
  const written = latexText(text);
  const faced =
    face === 'bold'
      ? `\\textbf{${written}}`
      : face === 'name'
        ? `{\\rmfamily\\itshape ${written}}`
        : written;
  const small = n(0.75 * size * 0.7);
  const placed = low
    ? `\\raisebox{-0.24em}{\\fontsize{${small}}{${small}}\\selectfont ${faced}}`
    : faced;
  return colour ? `{\\color{${colours.of(colour)}}${placed}}` : placed;
}

function n(x: number): string {
  return String(Math.round(x * 100) / 100 || 0);
}
