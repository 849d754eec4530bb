import { indexOf, type WireId } from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import { type Grid, type Links, type Trace, valueGrid } from '#trace';
import type { Numbers } from '../format/numbers.ts';
import { grouped, type WireNames, wireNames } from './chain-rule.ts';

/** Matrices with more rows or columns stand with their name. */
const most = { panel: 3, large: 6 };

/** So many characters fit into a line. */
const lineLength = { panel: 25, large: 58 };

export type Room = keyof typeof lineLength;

/**
 * The chain rule at a wire with its numbers put in, in the order in which the mathematics stands, the
 * shape under each factor: `= [1 4; 2 5; 3 6] · [10; 20] = [90; 120; 150]`. Null where nothing flows back.
 *
 * @param links what `linksOf` says; null where the Jacobian is too large to link
 */
export function numbersLatex(
  trace: Trace,
  registry: Registry,
  id: WireId,
  links: Links | null,
  numbers: Numbers,
  room: Room = 'panel',
): string | null {
  const wire = indexOf(trace.document).wires.get(id);
  const traced = trace.wires.get(id);
  const names = wire && wireNames(trace.document, registry, wire);
  if (!names || !traced?.upstream || !traced.gradient) return null;
  const { upstream, gradient } = traced;
  const result = links?.result ?? valueGrid(gradient);
  const above = links?.upstream ?? valueGrid(upstream);
  const limit = most[room];
  const from = factor(above, names.upstream, 'gradient', numbers, limit);
  const back = factor(result, names.whole, 'gradient', numbers, limit, true);
  if (!links) {
    const rows = gradient.data.data.length;
    const columns = upstream.data.data.length;
    const matrix = under(colored(names.local, 'local'), rows, columns);
    return lines([[matrix, '\\cdot', from.latex], [back.latex]], true);
  }
  const local = factor(links.local, localName(names), 'local', numbers, limit);
  const [first, second] = links.first === 'local' ? [local, from] : [from, local];
  const width = first.width + second.width + back.width + 4;
  return lines(
    [[sumSign(links, upstream, gradient), first.latex, signOf(links), second.latex], [back.latex]],
    width > lineLength[room],
    first.width + second.width + 3 > lineLength[room],
  );
}

interface Part {
  readonly latex: string;
  /** About how many characters wide. */
  readonly width: number;
}

function localName({ spelled, local }: WireNames): string {
  return spelled === undefined || spelled === '1' ? local : grouped(spelled);
}

function factor(
  grid: Grid,
  name: string,
  tone: 'local' | 'gradient',
  numbers: Numbers,
  limit: number,
  alone = false,
): Part {
  const { rows, columns } = grid;
  if (rows * columns === 1) {
    const x = grid.array.data[0] ?? Number.NaN;
    // As a factor a negative number stands in parentheses.
    const text = alone ? numbers.format(x) : numbers.operand(x);
    return { latex: colored(numberLatex(text), tone), width: text.length };
  }
  if (rows > limit || columns > limit) {
    return { latex: under(colored(name, tone), rows, columns), width: 7 };
  }
  const entries = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) =>
      numbers.format(grid.array.data[grid.index(row, column)] ?? Number.NaN, 3),
    ),
  );
  const body = entries.map((row) => row.map(numberLatex).join(' & ')).join(' \\\\ ');
  const widest = Math.max(...entries.map((row) => row.join('  ').length));
  return {
    latex: under(colored(`\\begin{bmatrix} ${body} \\end{bmatrix}`, tone), rows, columns),
    width: widest + 2,
  };
}

/** Colours come with their meaning, by the classes of the style sheet. */
function colored(latex: string, tone: 'local' | 'gradient'): string {
  return `\\htmlClass{${tone}}{${latex}}`;
}

function under(latex: string, rows: number, columns: number): string {
  return `\\underset{${rows} \\times ${columns}}{${latex}}`;
}

function signOf({ kind, local, upstream }: Links): string {
  const many = [local, upstream].every(({ array }) => array.data.length > 1);
  return kind === 'elementwise' && many ? '\\odot' : '\\cdot';
}

/** Over what the products are summed: the examples, and the axes along which the value was stretched. */
function sumSign(links: Links, upstream: ArrayValue, gradient: ArrayValue): string {
  const { examples, stretched } = sumsOf(links, upstream, gradient);
  return [
    ...(examples > 1 ? [`\\sum_{i=1}^{${examples}}`] : []),
    ...(stretched > 1 ? ['\\sum_{\\text{stretched}}'] : []),
  ].join(' ');
}

/** How many products of an elementwise gate add up in one entry: over the examples, and over stretched axes. */
export function sumsOf(
  { kind, local, upstream: { array }, terms }: Links,
  upstream: ArrayValue,
  gradient: ArrayValue,
): { readonly examples: number; readonly stretched: number } {
  if (kind !== 'elementwise' || gradient.data.data.length === 0) {
    return { examples: 1, stretched: 1 };
  }
  const all = terms(0).length;
  const batch = upstream.batched ? (array.shape[0] ?? 1) : 1;
  const shared = !gradient.batched && local.array.data.length > 0;
  const examples = shared && all % batch === 0 ? batch : 1;
  return { examples, stretched: all / examples };
}

/** A number as LaTeX: the signs of the interface in those of mathematics. */
export function numberLatex(text: string): string {
  return text
    .replaceAll('−', '-')
    .replace(/^(\(?-?)([\d.]+)e(-?\d+)(\)?)$/, '$1$2 \\cdot 10^{$3}$4')
    .replace('∞', '\\infty')
    .replace('NaN', '\\text{NaN}');
}

/** `= a · b = c`, in lines of their own where they would not fit beside each other. */
function lines(parts: readonly (readonly string[])[], broken: boolean, apart = false): string {
  const [[...product] = [], [result = ''] = []] = parts;
  const words = product.filter(Boolean);
  if (!broken) return `= ${words.join(' ')} = ${result}`;
  const rows = apart
    ? [words.slice(0, -2).join(' '), words.slice(-2).join(' ')]
    : [words.join(' ')];
  const [head, tail] = rows;
  const middle = tail === undefined ? '' : ` \\\\[4pt] &\\quad ${tail}`;
  return `\\begin{aligned} &= ${head}${middle} \\\\[4pt] &= ${result} \\end{aligned}`;
}
