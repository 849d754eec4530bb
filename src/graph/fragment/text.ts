import { z } from 'zod';
import type { Registry } from '#ops';
import { indexOf } from '../document.ts';
import { GraphError } from '../errors.ts';
import { demandOf } from '../file/demand.ts';
import { currentVersion } from '../file/migrations.ts';
import { readParsed, toWire } from '../file/read.ts';
import { wireSchema } from '../file/schema.ts';
import { fileText, toFile } from '../file/write.ts';
import { inPlainWords } from '../plain-errors.ts';
import { type Fragment, type IncomingWire, wholeFragment } from './fragment.ts';

/** Marks the text of a fragment; its version is that of the file format. */
const fragmentFormat = 'gradwire-fragment';

/** Nobody copies more by hand, and a page must stay quick while it reads. */
const mostCharacters = 25e6;
const mostNodes = 20_000;
/** Deeper than any graph; what reads and writes JSON goes down by recursion. */
const deepest = 100;

export interface ReadFragment {
  readonly fragment: Fragment;
  /** What was left out because it was damaged, one sentence each. */
  readonly repairs: readonly GraphError[];
}

/** A fragment as text for the clipboard: JSON, a line for each node and wire, the document's parts and `incoming`. */
export function writeFragment({ graph, incoming }: Fragment, registry: Registry): string {
  const { version, nodes, wires, loss, frames } = toFile(graph, registry);
  return fileText({
    format: fragmentFormat,
    version,
    nodes,
    wires,
    ...(loss ? { loss } : {}),
    frames,
    incoming: incoming.map(({ wire: { id, from, to, name }, op }) => ({
      id,
      from: { node: from.node, port: from.port },
      to: { node: to.node, port: to.port },
      ...(name ? { name } : {}),
      op,
    })),
  });
}

/**
 * Reads a fragment, or a whole document, from text that may come from anywhere. Throws `GraphError` with one
 * sentence where that is not possible; damaged parts are left out and reported.
 */
export function readFragment(text: string, registry: Registry): ReadFragment {
  const json = parse(text);
  if (json.version !== undefined && Number(json.version) > currentVersion) {
    const message = `The graph on the clipboard has format version ${json.version}; this program reads versions up to ${currentVersion}.`;
    throw new GraphError('newer-version', message);
  }
  if (Array.isArray(json.nodes) && json.nodes.length > mostNodes) {
    const message = `The graph on the clipboard has ${json.nodes.length} nodes, more than ${mostNodes} at once.`;
    throw new GraphError('too-large', message);
  }
  const { incoming, ...parts } = json;
  const { document, repairs } = readParsed({ ...parts, format: 'gradwire' }, registry);
  if (document.nodes.length === 0) {
    const [first] = repairs;
    const message = first
      ? `The graph on the clipboard is damaged: ${first.message}`
      : 'The graph on the clipboard is empty.';
    throw new GraphError('damaged', message);
  }
  const whole = wholeFragment(document);
  if (json.format !== fragmentFormat) return { fragment: whole, repairs };
  const { nodes } = indexOf(document);
  const entering = readIncoming(incoming).filter(({ wire }) => nodes.has(wire.to.node));
  return { fragment: { ...whole, incoming: entering }, repairs };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  const foreign = () =>
    new GraphError('not-a-document', 'The clipboard holds no part of a Gradwire graph.');
  if (text.length > mostCharacters) {
    throw new GraphError('too-large', 'The text on the clipboard is too large to be pasted here.');
  }
  const plain = text.replace(/^\uFEFF/, '').trim();
  const ours = /^\{\s*"format"\s*:\s*"gradwire/.test(plain);
  if (!plain.startsWith('{')) throw foreign();
  if (demandOf(plain).depth > deepest) {
    throw new GraphError('damaged', 'The text on the clipboard is nested too deeply to be read.');
  }
  let json: unknown;
  try {
    json = JSON.parse(plain);
  } catch {
    if (!ours) throw foreign();
    const message = 'The graph on the clipboard is damaged: it is not complete, valid JSON.';
    throw new GraphError('not-json', message);
  }
  if (typeof json !== 'object' || json === null || !('format' in json)) throw foreign();
  if (json.format !== 'gradwire' && json.format !== fragmentFormat) throw foreign();
  return { ...json };
}

const incomingSchema = wireSchema.extend({ op: z.string() });

/** What cannot be read of it is left out: these wires are an offer only. */
function readIncoming(raw: unknown): IncomingWire[] {
  if (!Array.isArray(raw)) return [];
  const entered = new Set<string>();
  return raw.flatMap((entry): IncomingWire[] => {
    const parsed = incomingSchema.safeParse(entry, inPlainWords);
    if (!parsed.success) return [];
    const { op, ...rest } = parsed.data;
    const wire = toWire(rest);
    const port = JSON.stringify([wire.to.node, wire.to.port]);
    if (entered.has(port)) return [];
    entered.add(port);
    return [{ wire, op }];
  });
}
