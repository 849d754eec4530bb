import { indexOf, nodeName } from '#graph';
import { catalogue } from '#ops';
import { type ArrayValue, formatForm } from '#tensor';
import { type Trace, trace, traceToJson } from '#trace';
import { files, readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { type Help, jsonOption } from './help.ts';
import { type CommandIo, exitStatus, sentence } from './io.ts';

export const traceOptions = { json: { type: 'boolean', default: false } } as const;

export const traceHelp: Help = {
  usage: ['gradwire trace FILE… [--json]'],
  about: 'Values and gradients of every node and wire.',
  options: {
    Options: [
      jsonOption(
        'a line for each file: {"file", "loss", "nodes": {id: {"value", "gradient"}}, "wires": {id: {"value", "upstream", "local", "gradient"}}}, or {"file", "error"} (tables for people)',
      ),
    ],
  },
  exits: [
    'all files were traced',
    undefined,
    'a file could not be: one sentence on standard error says why',
  ],
  examples: ['gradwire trace graph.gradwire --json'],
};

/** `gradwire trace FILE… [--json]`: values and gradients of every node and wire. */
export async function traceCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('trace', args, traceOptions);
  let status: number = exitStatus.ok;
  for (const file of files('trace', positionals)) {
    try {
      const traced = trace(await loadDocument(file), catalogue);
      const [first] = traced.errors;
      if (first) throw first;
      if (values.json) {
        checkPrintable(traced);
        io.out(JSON.stringify({ file, ...traceToJson(traced) }));
      }
      if (!values.json) for (const line of report(file, traced)) io.out(line);
    } catch (error) {
      status = exitStatus.error;
      if (values.json) io.out(JSON.stringify({ file, error: sentence(error) }));
      io.err(`${file}: ${sentence(error)}`);
    }
  }
  return status;
}

/** About what still fits into one line of text: JavaScript's longest string has half a thousand million characters. */
const printableNumbers = 2.5e7;

/** Throws one sentence where a trace is too large to be printed as one line. */
function checkPrintable({ nodes, wires }: Trace): void {
  let count = 0;
  const add = (value: ArrayValue | null | undefined, times = 1) => {
    count += times * (value?.data.data.length ?? 0);
  };
  for (const { value, gradient } of nodes.values()) {
    add(value);
    add(gradient);
  }
  for (const { value, upstream, gradient } of wires.values()) {
    // The local gradient is as large as the value.
    add(value, 2);
    add(upstream);
    add(gradient);
  }
  if (count <= printableNumbers) return;
  throw new Error(
    `The trace has ${count.toLocaleString('en')} numbers, and at most ${printableNumbers.toLocaleString('en')} can be printed as JSON.`,
  );
}

/** The trace for a person: one line a node, the wires that enter it below. */
function report(file: string, { document, nodes, wires, loss }: Trace): string[] {
  const { incoming } = indexOf(document);
  const lines = [
    `${file}: ${document.title || 'untitled'}${loss === undefined ? '' : `, loss ${loss}`}`,
  ];
  for (const node of document.nodes) {
    const { value, gradient } = nodes.get(node.id) ?? {};
    lines.push(
      `  ${nodeName(node)} (${node.op}): value ${show(value)}, gradient ${show(gradient)}`,
    );
    for (const [port, wire] of incoming.get(node.id) ?? []) {
      const { upstream, gradient: passed, local } = wires.get(wire.id) ?? {};
      const factor = local?.();
      const middle = factor?.kind === 'elementwise' ? show(factor.value) : (factor?.kind ?? 'none');
      lines.push(`    ${port}: upstream ${show(upstream)} × local ${middle} = ${show(passed)}`);
    }
  }
  return lines;
}

function show(value: ArrayValue | null | undefined): string {
  if (value === undefined) return '–';
  if (value === null) return 'none';
  const { data } = value.data;
  if (data.length === 1 && value.shape.length === 0) return String(data[0]);
  if (data.length <= 6) return `[${data.join(', ')}]`;
  // In a loop: a call takes no more than some ten thousand arguments.
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const entry of data) [least, most] = [Math.min(least, entry), Math.max(most, entry)];
  return `${formatForm(value)}: ${least} … ${most}`;
}
