import { applyEdit, layout, shownPorts, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { readArgs } from './args.ts';
import { loadDocument } from './documents.ts';
import { type CommandIo, exitStatus, UsageError } from './io.ts';
import { putOut } from './output.ts';

export const layoutHelp = `gradwire layout FILE [--out PATH | --in-place]

  Arranges the nodes from left to right, as the program's own Arrange does, and writes the document
  to standard output, to --out, or with --in-place into FILE itself.

  --out PATH    the file to write; - is standard output
  --in-place    write FILE itself, whole or not at all

An error is one sentence on standard error, with exit status 2.`;

/** Room for what stands on a wire. */
const label = () => ({ width: 132, height: 64 });

/** `gradwire layout FILE [--out PATH | --in-place]`. */
export async function layoutCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArgs(args, {
    out: { type: 'string', short: 'o' },
    'in-place': { type: 'boolean', default: false },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UsageError('gradwire layout needs one FILE; gradwire layout --help says more.');
  }
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
  await putOut(writeDocument(arranged, catalogue), values['in-place'] ? file : values.out, io);
  return exitStatus.ok;
}
