import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fromOnnx } from '#export';
import { expressionToGraph, graphToText } from '#formula';
import { applyEdit, emptyDocument, type GraphDocument, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { failed, type Help, jsonOption, outOption } from './help.ts';
import { type CommandIo, exitStatus, UsageError } from './io.ts';
import { putOut, writtenJson } from './output.ts';

export const convertOptions = {
  to: { type: 'string', default: 'gradwire' },
  expression: { type: 'string', short: 'e' },
  values: { type: 'string' },
  node: { type: 'string' },
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean', default: false },
} as const;

export const convertHelp: Help = {
  usage: [
    'gradwire convert FILE [--to gradwire|expression] [--out PATH] [--json]',
    'gradwire convert --expression TEXT [--values x=2,y=3] [--out PATH] [--json]',
  ],
  about:
    'Reads a document of any version, an ONNX model (.onnx) or an expression (.txt, or --expression), and\nwrites a document of the current version; or a graph of single numbers as an expression.',
  options: {
    Options: [
      ['--to FORM', 'gradwire or expression (gradwire)'],
      ['--expression TEXT, -e', 'what to read instead of a FILE'],
      ['--values NAME=NUMBER,…', 'what the variables of an expression hold (1 each)'],
      ['--node ID', 'with --to expression: the node to write (the loss)'],
      outOption,
      jsonOption(writtenJson),
    ],
  },
  exits: ['written', undefined, failed],
  examples: [
    'gradwire convert net.onnx --out net.gradwire',
    "gradwire convert -e '(x + y) * z' --values x=2,y=3,z=4 -o product.gradwire",
  ],
};

/** `gradwire convert FILE [--to gradwire|expression] [--out PATH]`. */
export async function convertCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('convert', args, convertOptions);
  const [file, ...more] = positionals;
  if (more.length > 0 || (file === undefined) === (values.expression === undefined)) {
    throw new UsageError(
      'One FILE or --expression TEXT is needed, not both; gradwire convert --help says more.',
    );
  }
  if (values.to !== 'gradwire' && values.to !== 'expression') {
    throw new UsageError(`--to is gradwire or expression, and “${values.to}” is neither.`);
  }
  const given = givenValues(values.values);
  const document =
    values.expression === undefined
      ? await read(file ?? '', given)
      : fromExpression(values.expression, given);
  const content =
    values.to === 'gradwire'
      ? writeDocument(document, catalogue)
      : expressionOf(document, values.node);
  await putOut(content, { file, out: values.out, json: values.json }, io);
  return exitStatus.ok;
}

async function read(file: string, values: ReadonlyMap<string, number>): Promise<GraphDocument> {
  switch (extname(file).toLowerCase()) {
    case '.onnx':
      return fromOnnx(new Uint8Array(await bytesOf(file)), catalogue);
    case '.txt':
      return fromExpression((await bytesOf(file)).toString('utf8').trim(), values);
    default:
      return loadDocument(file);
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(
      missing ? `There is no file ${file}.` : `The file ${file} cannot be read.`,
    );
  }
}

function fromExpression(text: string, values: ReadonlyMap<string, number>): GraphDocument {
  const empty = emptyDocument(text);
  const { edits, result } = expressionToGraph(text, empty, catalogue);
  const grown = edits.reduce((document, edit) => applyEdit(document, edit, catalogue), empty);
  const known = new Set<string>();
  const nodes = grown.nodes.map((node) => {
    known.add(node.label);
    const value = node.op === 'input' ? values.get(node.label) : undefined;
    if (value === undefined) return node;
    return {
      ...node,
      attrs: { ...node.attrs, value: { shape: [], data: Float64Array.of(value) } },
    };
  });
  for (const name of values.keys()) {
    if (!known.has(name)) throw new UsageError(`The expression has no variable “${name}”.`);
  }
  return { ...grown, nodes, loss: { node: result, seed: 1 } };
}

function givenValues(text: string | undefined): ReadonlyMap<string, number> {
  if (text === undefined) return new Map();
  const given = new Map<string, number>();
  for (const pair of text.split(',')) {
    const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
    if (name === '' || value === '' || !Number.isFinite(Number(value))) {
      throw new UsageError(`--values takes NAME=NUMBER, and “${pair.trim()}” is none.`);
    }
    if (given.has(name)) throw new UsageError(`--values gives “${name}” twice.`);
    given.set(name, Number(value));
  }
  return given;
}

function expressionOf(document: GraphDocument, wanted: string | undefined): string {
  const id = wanted ?? document.loss?.node;
  const node = document.nodes.find((each) => each.id === id || each.label === id);
  if (id === undefined) {
    throw new UsageError('The document has no loss: say with --node which node to write.');
  }
  if (!node) throw new UsageError(`There is no node “${id}”.`);
  return `${graphToText(document, node.id)}\n`;
}
