import { diagnose } from '#diagnose';
import { counters, type GraphDocument, indexOf, inferForms, nodeName } from '#graph';
import { catalogue } from '#ops';
import { formatForm } from '#tensor';
import { trace } from '#trace';
import { files, readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { type Help, jsonOption } from './help.ts';
import { type CommandIo, exitStatus, sentence } from './io.ts';

export const infoOptions = { json: { type: 'boolean', default: false } } as const;

export const infoHelp: Help = {
  usage: ['gradwire info FILE… [--json]'],
  about:
    'What a document holds: nodes, wires, operations, parameters, shapes, what one example costs, and what\nis wrong with it.',
  options: { Options: [jsonOption('a line for each file (sentences for people)')] },
  exits: [
    'nothing is wrong with the graphs',
    'something is wrong with a graph itself',
    'a file could not be read: one sentence on standard error says why',
  ],
  examples: ['gradwire info net.gradwire'],
};

/** `gradwire info FILE… [--json]`. */
export async function infoCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('info', args, infoOptions);
  let status: number = exitStatus.ok;
  for (const file of files('info', positionals)) {
    try {
      const facts = factsOf(await loadDocument(file));
      if (facts.problems.some(({ severity }) => severity === 'error')) {
        status = Math.max(status, exitStatus.mismatch);
      }
      if (values.json) io.out(JSON.stringify({ file, ...facts }));
      else for (const line of lines(file, facts)) io.out(line);
    } catch (error) {
      status = exitStatus.error;
      if (values.json) io.out(JSON.stringify({ file, error: sentence(error) }));
      io.err(`${file}: ${sentence(error)}`);
    }
  }
  return status;
}

function factsOf(document: GraphDocument) {
  const traced = trace(document, catalogue);
  const cost = counters(document, catalogue);
  const forms = inferForms(document, catalogue);
  const { nodes } = indexOf(document);
  const name = (id: Parameters<typeof nodes.get>[0] | undefined) => {
    const node = id === undefined ? undefined : nodes.get(id);
    return node ? nodeName(node) : undefined;
  };
  const operations: Record<string, number> = {};
  for (const { op } of document.nodes) operations[op] = (operations[op] ?? 0) + 1;
  // A source that waits for data is no fault.
  const faults = traced.errors.filter(({ code }) => code !== 'missing-value');
  return {
    title: document.title,
    nodes: document.nodes.length,
    wires: document.wires.length,
    frames: document.frames.length,
    notes: document.notes.length,
    loss: name(document.loss?.node) ?? null,
    operations: Object.fromEntries(
      Object.entries(operations).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    parameters: cost.weights + cost.biases,
    weights: cost.weights,
    biases: cost.biases,
    connections: cost.connections,
    multiplications: cost.multiplications,
    activations: cost.activations,
    activationBytes: cost.activationBytes,
    shapes: Object.fromEntries(
      document.nodes.flatMap(({ id }) => {
        const found = forms.get(id);
        return found && 'form' in found
          ? [[id, { shape: found.form.shape, batched: found.form.batched }]]
          : [];
      }),
    ),
    problems: [
      ...faults.map((error) => ({
        severity: 'error' as const,
        node: error.node ?? null,
        message: sentence(error),
      })),
      ...diagnose(traced, catalogue).map(({ severity, node, why, advice }) => ({
        severity,
        node,
        message: [why, advice].filter(Boolean).join(' '),
      })),
    ],
  };
}

type Facts = ReturnType<typeof factsOf>;

function lines(file: string, facts: Facts): readonly string[] {
  const count = (x: number) => x.toLocaleString('en');
  const operations = Object.entries(facts.operations).map(([op, times]) => `${op} ${times}`);
  return [
    `${file}: ${facts.title || 'untitled'}`,
    `  ${facts.nodes} nodes, ${facts.wires} wires, ${facts.frames} frames, ${facts.notes} notes; loss: ${facts.loss ?? 'none'}`,
    `  operations: ${operations.join(', ') || 'none'}`,
    `  parameters: ${count(facts.parameters)} (${count(facts.weights)} weights, ${count(facts.biases)} biases)`,
    `  one example: ${count(facts.multiplications)} multiplications, ${count(facts.connections)} connections, ${count(facts.activations)} activations`,
    ...Object.entries(facts.shapes).map(([id, form]) => `  ${id}: ${formatForm(form)}`),
    ...facts.problems.map(({ severity, message }) => `  ${severity}: ${message}`),
  ];
}
