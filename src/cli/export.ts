import { extname } from 'node:path';
import {
  picture,
  toCsv,
  toDot,
  toJson,
  toMarkdown,
  toNumpy,
  toOnnx,
  toPdf,
  toPyTorch,
  toSvg,
  toTikz,
} from '#export';
import { type GraphDocument, type NodeId, nodeName } from '#graph';
import { catalogue } from '#ops';
import {
  defaultDisplay,
  type NumberDisplay,
  Numbers,
  type Trace,
  trace,
  traceToJson,
} from '#trace';
import { readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { readFonts } from './fonts.ts';
import { type CommandIo, exitStatus, UsageError } from './io.ts';
import { putOut } from './output.ts';

export const exportHelp = `gradwire export FILE --format FORMAT [--out PATH]

  FORMAT   svg, pdf, tikz, dot        a picture of the graph
           markdown                   the whole derivation, step by step, in LaTeX
           numpy, pytorch             code that computes the same values and gradients
           onnx                       the graph as it is used, for other programs
           json                       the document; trace: values and gradients as JSON; csv: as a table

  --out PATH             the file to write; without it, or with -, standard output. Its ending
                         (.svg .pdf .tex .dot .gv .md .py .onnx .json .csv) names the format too
  --step N               pictures: the step of the film, counted from 1; 0 is before it begins
  --theme light|dark     pictures: the colours; --no-paper leaves the ground transparent
  --no-values            pictures: without the values;  --no-gradients: without the gradients
  --digits N             numbers with so many digits that count (4);  --decimals N: behind the point
  --select ID,ID…        json: only these nodes and what lies between them
  --without-parameters   json: parameters start anew from their initializers

An error is one sentence on standard error, with exit status 2.`;

const formats = [
  'svg',
  'pdf',
  'tikz',
  'dot',
  'markdown',
  'numpy',
  'pytorch',
  'onnx',
  'json',
  'trace',
  'csv',
] as const;

type Format = (typeof formats)[number];

const byEnding: Readonly<Record<string, Format>> = {
  '.svg': 'svg',
  '.pdf': 'pdf',
  '.tex': 'tikz',
  '.dot': 'dot',
  '.gv': 'dot',
  '.md': 'markdown',
  '.py': 'pytorch',
  '.onnx': 'onnx',
  '.json': 'json',
  '.gradwire': 'json',
  '.csv': 'csv',
};

/** Pictures that need a window to be painted. */
const painted = ['png', 'gif', 'webm'];

const options = {
  format: { type: 'string', short: 'f' },
  out: { type: 'string', short: 'o' },
  step: { type: 'string' },
  theme: { type: 'string' },
  'no-values': { type: 'boolean', default: false },
  'no-gradients': { type: 'boolean', default: false },
  'no-paper': { type: 'boolean', default: false },
  digits: { type: 'string' },
  decimals: { type: 'string' },
  select: { type: 'string' },
  'without-parameters': { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readArgs<typeof options>>['values'];

/** `gradwire export FILE --format FORMAT [--out PATH]`. */
export async function exportCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, options);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError('gradwire export needs one FILE; gradwire export --help says more.');
  }
  const format = formatOf(values);
  const theme = themeOf(values.theme);
  const numbers = new Numbers(displayOf(values));
  const document = await loadDocument(file);
  const content = write(format, document, values, theme, numbers);
  await putOut(content, values.out, io);
  return exitStatus.ok;
}

function write(
  format: Format,
  document: GraphDocument,
  values: Values,
  theme: 'light' | 'dark',
  numbers: Numbers,
): string | Uint8Array {
  if (format === 'json') {
    return toJson(document, catalogue, {
      only: selected(document, values.select),
      parameters: !values['without-parameters'],
    });
  }
  const traced = trace(document, catalogue);
  const shown = {
    theme,
    numbers,
    values: !values['no-values'],
    gradients: !values['no-gradients'],
  };
  const drawing = () =>
    picture(traced, catalogue, {
      ...shown,
      step: stepOf(values.step, traced),
      paper: !values['no-paper'],
    });
  switch (format) {
    case 'svg':
      return toSvg(drawing());
    case 'pdf':
      return toPdf(drawing(), readFonts());
    case 'tikz':
      return toTikz(drawing());
    case 'dot':
      return toDot(traced, catalogue, shown);
    case 'markdown':
      return toMarkdown(sound(traced), catalogue, numbers);
    case 'numpy':
      return toNumpy(traced, catalogue);
    case 'pytorch':
      return toPyTorch(traced, catalogue);
    case 'onnx':
      return toOnnx(traced, catalogue);
    case 'trace':
      return `${JSON.stringify(traceToJson(sound(traced)))}\n`;
    case 'csv':
      return toCsv(sound(traced));
  }
}

/** Numbers are only told of a graph that could be computed. */
function sound(traced: Trace): Trace {
  const [first] = traced.errors;
  if (first) throw first;
  return traced;
}

function formatOf({ format, out }: Values): Format {
  const wanted = format ?? byEnding[extname(out ?? '').toLowerCase()];
  if (wanted === undefined) {
    throw new UsageError(`Say which format with --format: ${formats.join(', ')}.`);
  }
  if (painted.includes(wanted)) {
    throw new UsageError(
      `${wanted.toUpperCase()} is painted in a window: use Export in the program, or --format svg or pdf here.`,
    );
  }
  const found = formats.find((each) => each === wanted);
  if (found) return found;
  throw new UsageError(`There is no format “${wanted}”: ${formats.join(', ')}.`);
}

function themeOf(theme = 'light'): 'light' | 'dark' {
  if (theme === 'light' || theme === 'dark') return theme;
  throw new UsageError('--theme is light or dark.');
}

function displayOf({ digits, decimals }: Values): NumberDisplay {
  if (digits !== undefined && decimals !== undefined) {
    throw new UsageError('Either --digits or --decimals, not both.');
  }
  if (decimals !== undefined) {
    return { by: 'decimals', digits: whole('--decimals', decimals, 0, 12), blackboard: false };
  }
  if (digits === undefined) return defaultDisplay;
  return { ...defaultDisplay, digits: whole('--digits', digits, 1, 15) };
}

/** Steps are counted from 1, as under the film. */
function stepOf(step: string | undefined, { steps }: Trace): number | undefined {
  return step === undefined ? undefined : whole('--step', step, 0, steps.length) - 1;
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) {
    return number;
  }
  throw new UsageError(`${name} is a whole number from ${least} to ${most}.`);
}

/** The nodes of these ids or labels. */
function selected(
  document: GraphDocument,
  list: string | undefined,
): ReadonlySet<NodeId> | undefined {
  if (list === undefined) return undefined;
  const wanted = list.split(',').map((each) => each.trim());
  return new Set(
    wanted.map((each) => {
      const { nodes } = document;
      const found =
        nodes.find(({ id }) => id === each) ?? nodes.find((node) => nodeName(node) === each);
      if (!found) throw new UsageError(`There is no node “${each}”.`);
      return found.id;
    }),
  );
}
