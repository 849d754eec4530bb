import { checkGradients, type GradientCheck } from '#diagnose';
import { type GraphDocument, indexOf, nodeName } from '#graph';
import { catalogue } from '#ops';
import { files, readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { type Help, jsonOption } from './help.ts';
import { type CommandIo, exitStatus, sentence } from './io.ts';

export const checkOptions = { json: { type: 'boolean', default: false } } as const;

export const checkHelp: Help = {
  usage: ['gradwire check FILE… [--json]'],
  about: 'Compares every gradient with central differences.',
  options: {
    Options: [
      jsonOption('a line for each file: {"file", "passed", "checks"} (sentences for people)'),
    ],
  },
  exits: [
    'every gradient agrees',
    'a gradient disagrees',
    'a file could not be checked: one sentence on standard error says why',
  ],
  examples: ['gradwire check graph.gradwire other.gradwire'],
};

/** `gradwire check FILE… [--json]`: every gradient against central differences. */
export async function checkCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('check', args, checkOptions);
  let status: number = exitStatus.ok;
  for (const file of files('check', positionals)) {
    try {
      const document = await loadDocument(file);
      const { trace, checks, passed } = checkGradients(document, catalogue);
      const [first] = trace.errors;
      if (first) throw first;
      if (trace.loss === undefined)
        throw new Error('The document has no loss, so there are no gradients to check.');
      if (!passed) status = Math.max(status, exitStatus.mismatch);
      if (values.json) {
        const wires = checks.map((check) => ({
          ...checkJson(check),
          name: placeName(document, check),
        }));
        io.out(JSON.stringify({ file, passed, checks: wires }));
      } else for (const line of report(file, document, checks, passed)) io.out(line);
    } catch (error) {
      status = exitStatus.error;
      if (values.json) io.out(JSON.stringify({ file, error: sentence(error) }));
      io.err(`${file}: ${sentence(error)}`);
    }
  }
  return status;
}

function checkJson({
  place,
  verdict,
  analytic,
  numeric,
  difference,
  entry,
  checked,
  entries,
}: GradientCheck) {
  const where = place.kind === 'wire' ? { wire: place.wire } : { node: place.node };
  return { ...where, verdict, analytic, numeric, difference, entry, checked, entries };
}

function placeName(document: GraphDocument, { place }: GradientCheck): string {
  const { nodes, wires } = indexOf(document);
  const name = (id: Parameters<typeof nodes.get>[0]) => {
    const node = nodes.get(id);
    return node ? nodeName(node) : id;
  };
  if (place.kind === 'node') return `${name(place.node)}, all its wires`;
  return `${name(place.from)} → ${name(place.to)}.${wires.get(place.wire)?.to.port ?? ''}`;
}

function report(
  file: string,
  document: GraphDocument,
  checks: readonly GradientCheck[],
  passed: boolean,
): string[] {
  const worst = checks.reduce(
    (most, { difference, verdict }) => (verdict === 'agrees' ? Math.max(most, difference) : most),
    0,
  );
  const open = checks.filter(({ verdict }) => verdict === 'not-finite').length;
  const agreed = open === 0 ? 'every gradient agrees' : `${open} not finite, the others agree`;
  const lines = [
    `${file}: ${passed ? agreed : 'GRADIENTS DISAGREE'} (${checks.length} checked, largest relative difference ${worst.toExponential(1)})`,
  ];
  for (const check of checks) {
    if (check.verdict === 'agrees') continue;
    const { verdict, analytic, numeric, entry } = check;
    const says = { kink: 'at a kink', 'not-finite': 'not finite', mismatch: 'MISMATCH' }[verdict];
    lines.push(
      `  ${placeName(document, check)}: ${says}: analytic ${analytic}, numeric ${numeric} (entry ${entry})`,
    );
  }
  return lines;
}
