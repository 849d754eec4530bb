import type { z } from 'zod';
import type { Registry } from '#ops';
import {
  type Bypassed,
  emptyDocument,
  type Frame,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  type Note,
  nodeId,
  type Opaque,
  type Position,
  type Wire,
  wireId,
} from '../document.ts';
import { checkEnds, parseAttrs } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { furthest, onCanvas } from '../fragment/place.ts';
import { topologicalOrder } from '../order.ts';
import { inPlainWords } from '../plain-errors.ts';
import { partialTrainingSchema } from '../training.ts';
import { bypassOperation } from '../wiring/bypass.ts';
import { demandOf } from './demand.ts';
import { readFrame } from './frames.ts';
import { migrate } from './migrations.ts';
import { readNote } from './notes.ts';
import {
  bypassedSchema,
  firstIssue,
  lossSchema,
  nodeSchema,
  opaqueSchema,
  wireSchema,
} from './schema.ts';

export interface ReadResult {
  readonly document: GraphDocument;
  /** What was left out because it was damaged, one sentence each; empty for a sound file. */
  readonly repairs: readonly GraphError[];
}

/** How many of each part are read at most, for programs that show them all at once. */
export interface ReadLimits {
  readonly nodes: number;
  readonly wires: number;
  readonly frames: number;
  readonly notes: number;
}

/**
 * Reads a `.gradwire` document. What is damaged is left out and reported; what cannot be a document,
 * or is of a newer version, throws `GraphError`.
 */
export function readDocument(text: string, registry: Registry, limits?: ReadLimits): ReadResult {
  return readParsed(parseJson(text), registry, limits);
}

/** The same for a document that is parsed already. */
export function readParsed(parsed: unknown, registry: Registry, limits?: ReadLimits): ReadResult {
  if (!isObject(parsed) || parsed.format !== 'gradwire') {
    throw new GraphError('not-a-document', 'This file is not a Gradwire document.');
  }
  return new Reader(registry, limits).read(migrate(parsed));
}

function parseJson(text: string): unknown {
  const { depth, entries } = demandOf(text);
  if (depth > deepest) {
    const message = `This file is damaged: its lists are nested more than ${deepest} deep.`;
    throw new GraphError('damaged', message);
  }
  if (entries > mostEntries) {
    const [has, most] = [entries, mostEntries].map((n) => n.toLocaleString('en'));
    throw new GraphError('too-large', `This document has ${has} entries; up to ${most} are read.`);
  }
  try {
    // Some editors put a byte order mark in front; it is no part of the text.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const message = text.trim()
      ? 'This file is damaged: it is not complete, valid JSON.'
      : 'This file is empty.';
    throw new GraphError('not-json', message);
  }
}

/** A tensor has at most 64 axes; what is nested far deeper would exhaust the stack of whoever walks it. */
const deepest = 200;
/** Hundreds of thousands of nodes and wires have no more. */
const mostEntries = 5_000_000;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const knownParts = new Set([
  'format',
  'version',
  'title',
  'nodes',
  'wires',
  'loss',
  'frames',
  'notes',
  'training',
  'view',
]);

const longestText = 1000;

/** Builds a document part by part, so that every invariant holds at each step. */
class Reader {
  readonly #registry: Registry;
  readonly #repairs: GraphError[] = [];

  readonly #limits: ReadLimits | undefined;

  constructor(registry: Registry, limits: ReadLimits | undefined) {
    this.#registry = registry;
    this.#limits = limits;
  }

  read(file: Readonly<Record<string, unknown>>): ReadResult {
    const title = typeof file.title === 'string' ? this.#text(file.title, 'The title') : '';
    let document: GraphDocument = { ...emptyDocument(title), nodes: this.#nodes(file.nodes) };
    document = { ...document, wires: this.#wires(document, file.wires) };
    document = {
      ...document,
      loss: this.#loss(document, file.loss),
      ...this.#frames(document, file.frames),
      ...this.#notes(file.notes),
      training: this.#optional(file.training, partialTrainingSchema, 'The training block'),
      view: this.#optional(file.view, opaqueSchema, 'The view'),
    };
    for (const key of Object.keys(file)) {
      if (!knownParts.has(key)) this.#drop(`The part “${key}” is unknown and was left out.`);
    }
    return { document, repairs: this.#repairs };
  }

  #drop(message: string, cause?: GraphError): void {
    this.#repairs.push(new GraphError(cause?.code ?? 'damaged', message, cause, cause));
  }

  /** @throws GraphError where it has more entries than are read */
  #list(raw: unknown, part: keyof ReadLimits): readonly unknown[] {
    if (Array.isArray(raw)) {
      const most = this.#limits?.[part] ?? Number.POSITIVE_INFINITY;
      if (raw.length <= most) return raw;
      const [has, may] = [raw.length, most].map((count) => count.toLocaleString('en'));
      throw new GraphError(
        'too-large',
        `This document has ${has} ${part}; up to ${may} can be shown here.`,
      );
    }
    if (raw !== undefined) this.#drop(`“${part}” is not a list and was left out.`);
    return [];
  }

  #nodes(raw: unknown): GraphNode[] {
    const nodes = new Map<string, GraphNode>();
    this.#list(raw, 'nodes').forEach((entry, at) => {
      const parsed = nodeSchema.safeParse(entry, inPlainWords);
      if (!parsed.success) {
        this.#drop(`Node number ${at + 1} was left out: ${firstIssue(parsed.error)}.`);
        return;
      }
      const { bypassed, ...data } = parsed.data;
      const node = {
        ...data,
        id: nodeId(data.id),
        label: this.#text(data.label, `The label of “${data.id}”`),
        position: this.#place(data.position, `The node “${data.id}”`),
      };
      if (nodes.has(node.id)) {
        this.#drop(`A second node “${node.id}” was left out.`);
        return;
      }
      try {
        const read = { ...node, attrs: parseAttrs(node, node.attrs, this.#registry) };
        const was = this.#bypassed(node, bypassed);
        nodes.set(node.id, was ? { ...read, bypassed: was } : read);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        this.#drop(`${error.message} The node was left out.`, error);
      }
    });
    return [...nodes.values()];
  }

  /** What a bypassed node was. Without it the node stays what it is now: an `identity`. */
  #bypassed(node: Pick<GraphNode, 'id' | 'op' | 'label'>, raw: unknown): Bypassed | undefined {
    const what = `What “${node.label || node.id}” was before it was bypassed`;
    const read = this.#optional(raw, bypassedSchema, what);
    if (!read) return undefined;
    if (node.op !== bypassOperation) {
      this.#drop(`${what} was left out: it is no identity now.`);
      return undefined;
    }
    try {
      const attrs = parseAttrs({ ...node, op: read.op }, read.attrs, this.#registry);
      const wires = read.wires.map(({ id, from, port, name }) => ({
        id: wireId(id),
        from: { node: nodeId(from.node), port: from.port },
        port,
        ...(name === undefined ? {} : { name }),
      }));
      return { op: read.op, attrs, port: read.port, wires };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      this.#drop(`${error.message} ${what} was left out.`, error);
      return undefined;
    }
  }

  #wires(document: GraphDocument, raw: unknown): readonly Wire[] {
    // Grown in place while reading: copying the list for each wire would be quadratic.
    const wires: Wire[] = [];
    const seen = new Set<string>();
    const entered = new Set<string>();
    this.#list(raw, 'wires').forEach((entry, at) => {
      const parsed = wireSchema.safeParse(entry, inPlainWords);
      if (!parsed.success) {
        this.#drop(`Wire number ${at + 1} was left out: ${firstIssue(parsed.error)}.`);
        return;
      }
      const { name, ...data } = parsed.data;
      const wire = toWire({
        ...data,
        ...(name === undefined ? {} : { name: this.#text(name, `The name of “${data.id}”`) }),
      });
      const port = JSON.stringify([wire.to.node, wire.to.port]);
      if (seen.has(wire.id) || entered.has(port)) {
        this.#drop(
          `The wire “${wire.id}” was left out: ${seen.has(wire.id) ? 'there is another with this id' : 'its input has a wire already'}.`,
        );
        return;
      }
      try {
        checkEnds(document, wire, this.#registry);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        this.#drop(`${error.message} It was left out.`, error);
        return;
      }
      seen.add(wire.id);
      entered.add(port);
      wires.push(wire);
    });
    return this.#withoutCycles(document, wires);
  }

  /** Leaves out the last wires of every cycle. */
  #withoutCycles(document: GraphDocument, wires: readonly Wire[]): readonly Wire[] {
    const whole = { ...document, wires };
    if (topologicalOrder(whole).length === document.nodes.length) return wires;
    const kept: Wire[] = [];
    // Grown in place like the wires above: an index of every intermediate document takes minutes.
    const next = new Map<NodeId, NodeId[]>();
    for (const wire of wires) {
      const { from, to } = wire;
      if (leadsTo(next, to.node, from.node)) {
        this.#drop(`The wire “${wire.id}” was left out: it closes a cycle.`);
        continue;
      }
      kept.push(wire);
      const known = next.get(from.node);
      if (known) known.push(to.node);
      else next.set(from.node, [to.node]);
    }
    return kept;
  }

  #loss(document: GraphDocument, raw: unknown) {
    const loss = this.#optional(raw, lossSchema, 'The loss');
    if (!loss) return undefined;
    const node = nodeId(loss.node);
    if (indexOf(document).nodes.has(node)) return { ...loss, node };
    this.#drop(`The loss was left out: there is no node “${loss.node}”.`);
    return undefined;
  }

  /** What is not understood is kept as it is: nothing of a frame can do harm. */
  #frames(document: GraphDocument, raw: unknown): Pick<GraphDocument, 'frames' | 'otherFrames'> {
    const frames = new Map<string, Frame>();
    const otherFrames: Opaque[] = [];
    const existing = new Set(document.nodes.map(({ id }) => id));
    for (const entry of this.#opaqueList(raw, 'frames')) {
      const frame = readFrame(entry, existing, this.#registry);
      if (frame && !frames.has(frame.id)) frames.set(frame.id, frame);
      else otherFrames.push(entry);
    }
    return { frames: [...frames.values()], otherFrames };
  }

  /** Like frames: what is not understood is kept as it is. */
  #notes(raw: unknown): Pick<GraphDocument, 'notes' | 'otherNotes'> {
    const notes = new Map<string, Note>();
    const otherNotes: Opaque[] = [];
    for (const entry of this.#opaqueList(raw, 'notes')) {
      const note = readNote(entry);
      if (note && !notes.has(note.id)) {
        notes.set(note.id, {
          ...note,
          position: this.#place(note.position, `The note “${note.id}”`),
        });
      } else otherNotes.push(entry);
    }
    return { notes: [...notes.values()], otherNotes };
  }

  /** What is written beside a node or a wire is a name, not a book. */
  #text(text: string, what: string): string {
    if (text.length <= longestText) return text;
    this.#drop(`${what} had ${text.length.toLocaleString('en')} characters and was shortened.`);
    return text.slice(0, longestText);
  }

  /** Far out sums of positions are no longer exact, and further out nothing can be drawn. */
  #place({ x, y }: Position, what: string): Position {
    const place = { x: onCanvas(x), y: onCanvas(y) };
    if (Math.abs(x) <= furthest && Math.abs(y) <= furthest) return { x, y };
    this.#drop(`${what} lay too far out and was brought back.`);
    return place;
  }

  #opaqueList(raw: unknown, part: 'frames' | 'notes'): Opaque[] {
    return this.#list(raw, part).flatMap((entry, at) => {
      const parsed = this.#optional(entry, opaqueSchema, `Entry ${at + 1} of “${part}”`);
      return parsed ? [parsed] : [];
    });
  }

  #optional<T>(raw: unknown, schema: z.ZodType<T>, what: string): T | undefined {
    if (raw === undefined || raw === null) return undefined;
    const parsed = schema.safeParse(raw, inPlainWords);
    if (parsed.success) return parsed.data;
    this.#drop(`${what} was left out: ${firstIssue(parsed.error)}.`);
    return undefined;
  }
}

function leadsTo(next: ReadonlyMap<NodeId, readonly NodeId[]>, from: NodeId, to: NodeId): boolean {
  const seen = new Set<NodeId>([from]);
  // A set may grow while it is walked.
  for (const node of seen) {
    if (node === to) return true;
    for (const other of next.get(node) ?? []) seen.add(other);
  }
  return false;
}

/** A wire of the file, checked by its schema, as the document holds it. */
export function toWire({ id, from, to, name }: z.output<typeof wireSchema>): Wire {
  return {
    id: wireId(id),
    from: { node: nodeId(from.node), port: from.port },
    to: { node: nodeId(to.node), port: to.port },
    ...(name === undefined ? {} : { name }),
  };
}
