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
import { oneFile, readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { readFonts } from './fonts.ts';
import { failed, type Help, jsonOption, outOption } from './help.ts';
import { type CommandIo, exitStatus, UsageError } from './io.ts';
import { orElse } from './nearest.ts';
import { putOut, writtenJson } from './output.ts';

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

export const exportOptions = {
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
  json: { type: 'boolean', default: false },
} as const;

export const exportHelp: Help = {
  usage: ['gradwire export FILE --format FORMAT [--out PATH] [options]'],
  about: 'Writes pictures, code, tables and models for other programs.',
  options: {
    Formats: [
      ['svg, pdf, tikz, dot', 'a picture of the graph (PNG, GIF and WebM are painted in a window)'],
      ['markdown', 'the whole derivation, step by step, in LaTeX'],
      ['numpy, pytorch', 'code that computes the same values and gradients'],
      ['onnx', 'the graph as it is used'],
      ['json', 'the document'],
      ['trace, csv', 'values and gradients as JSON; as a table'],
    ],
    Options: [
      ['--format FORMAT, -f', 'one of these (by the ending of --out)'],
      [
        outOption[0],
        `${outOption[1]}; .svg .pdf .tex .dot .gv .md .py (PyTorch) .onnx .json .csv name a format too`,
      ],
      [
        '--step N',
        'pictures: the step of the film, from 1; 0 is before it begins (everything is shown)',
      ],
      ['--theme light|dark', 'pictures: the colors (light)'],
      ['--no-values', 'pictures: without values'],
      ['--no-gradients', 'pictures: without gradients'],
      ['--no-paper', 'pictures: a transparent ground'],
      ['--digits N', 'numbers with so many digits that count (4)'],
      ['--decimals N', 'numbers with so many digits behind the point, instead'],
      ['--select ID,ID…', 'json: only these nodes and what lies between them (all)'],
      ['--without-parameters', 'json: parameters begin anew from their initializers'],
      jsonOption(writtenJson),
    ],
  },
  exits: ['written', undefined, failed],
  examples: [
    'gradwire export graph.gradwire --out graph.pdf',
    'gradwire export graph.gradwire --format svg --step 5 --theme dark > step5.svg',
  ],
};

type Values = ReturnType<typeof readArgs<typeof exportOptions>>['values'];

/** `gradwire export FILE --format FORMAT [--out PATH]`. */
export async function exportCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('export', args, exportOptions);
  const file = oneFile('export', positionals);
  const format = formatOf(values);
  const theme = themeOf(values.theme);
  const numbers = new Numbers(displayOf(values));
  const document = await loadDocument(file);
  const content = write(format, document, values, theme, numbers);
  await putOut(content, { file, format, out: values.out, json: values.json }, io);
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
    const list = `say which with --format: ${formats.join(', ')}.`;
    const why = out === undefined || out === '-' ? 'No format was given' : `${out} names no format`;
    throw new UsageError(`${why}; ${list}`);
  }
  if (painted.includes(wanted)) {
    throw new UsageError(
      `${wanted.toUpperCase()} is painted in a window: use Export in the program, or --format svg or pdf here.`,
    );
  }
  const found = formats.find((each) => each === wanted);
  if (found) return found;
  const list = `there are ${formats.join(', ')}.`;
  throw new UsageError(`There is no format “${wanted}”; ${orElse(wanted, formats, list)}`);
}

function themeOf(theme = 'light'): 'light' | 'dark' {
  if (theme === 'light' || theme === 'dark') return theme;
  throw new UsageError(`--theme is light or dark, and “${theme}” is neither.`);
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
  throw new UsageError(
    `${name} is a whole number from ${least} to ${most}, and “${text}” is none.`,
  );
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
