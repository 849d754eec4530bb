import { applyEdit, layout, shownPorts, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { oneFile, readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { failed, type Help, jsonOption, outOption } from './help.ts';
import { type CommandIo, exitStatus, UsageError } from './io.ts';
import { putOut, writtenJson } from './output.ts';

export const layoutOptions = {
  out: { type: 'string', short: 'o' },
  'in-place': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

export const layoutHelp: Help = {
  usage: ['gradwire layout FILE [--out PATH | --in-place] [--json]'],
  about:
    'Arranges the nodes from left to right, as the program’s own Arrange does, and writes the document.',
  options: {
    Options: [
      outOption,
      ['--in-place', 'write FILE itself, whole or not at all'],
      jsonOption(writtenJson),
    ],
  },
  exits: ['written', undefined, failed],
  examples: ['gradwire layout graph.gradwire --in-place'],
};

/** Room for what stands on a wire. */
const label = () => ({ width: 132, height: 64 });

/** `gradwire layout FILE [--out PATH | --in-place]`. */
export async function layoutCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs('layout', args, layoutOptions);
  const file = oneFile('layout', positionals);
  if (values['in-place'] && values.out !== undefined) {
    throw new UsageError('Either --out or --in-place, not both.');
  }
  const document = await loadDocument(file);
  const sizes = new Map(
    document.nodes.map((node) => {
      const operation = catalogue.get(node.op);
      if (!operation || operation.group === 'sources') return [node.id, { width: 130, height: 50 }];
      // With the caption below.
      return [node.id, { width: 110, height: shownPorts(document, node, operation).height + 36 }];
    }),
  );
  const places = layout(document, {
    size: (id) => sizes.get(id) ?? { width: 110, height: 90 },
    label,
    origin: { x: 0, y: 0 },
  });
  const arranged = applyEdit(document, { type: 'moveNodes', positions: places }, catalogue);
  const out = values['in-place'] ? file : values.out;
  await putOut(writeDocument(arranged, catalogue), { file, out, json: values.json }, io);
  return exitStatus.ok;
}
