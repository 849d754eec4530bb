import type { Form, Shape } from '#tensor';

/** An input port of a node inside. */
export interface InnerEnd {
  readonly node: string;
  readonly port: string;
}

export interface InnerNode {
  /** Unique inside this expansion: the operation's id, numbered from the second on. */
  readonly id: string;
  readonly op: string;
  /** As the blackboard writes it; empty where it writes nothing. */
  readonly label: string;
  /** As the operation's schema reads them. */
  readonly attrs: Readonly<Record<string, unknown>>;
}

export interface InnerWire {
  readonly from: string;
  readonly to: InnerEnd;
}

/** What a composite consists of, with these inputs and attributes. */
export interface InnerGraph {
  /** Each behind those it depends on; the last one gives the output. */
  readonly nodes: readonly InnerNode[];
  readonly wires: readonly InnerWire[];
  /** Where what arrives at a port of the composite goes inside: to one place or several. */
  readonly inputs: ReadonlyMap<string, readonly InnerEnd[]>;
  readonly output: string;
}

/** What flows on a wire inside: from a port of the composite, or out of a node. */
export type Part = { readonly port: string } | { readonly node: string };

/** How a composite is put together from other operations. `A` are the composite's attributes. */
export interface Expansion<A extends object = object> {
  /** Where the parts behave unlike the whole (an overflow, a division by 0); one sentence. */
  readonly note?: string;
  /** Draws the parts and gives the one that is the output. Throws `ExpansionError`, `ShapeError`. */
  build(inside: Inside, attrs: A): Part;
}

/** Checks an expansion's types where it is written; does nothing else. */
export function defineExpansion<A extends object>(expansion: Expansion<A>): Expansion<A> {
  return expansion;
}

/** A composite that cannot be expanded as it stands. `message` is one sentence for the person. */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';
  readonly code = 'expansion';
}

/** Collects the parts of a composite while its expansion draws them. */
export class Inside {
  readonly #forms: ReadonlyMap<string, Form | undefined>;
  readonly #nodes = new Map<string, InnerNode>();
  readonly #wires: InnerWire[] = [];
  readonly #inputs = new Map<string, InnerEnd[]>();

  /** The connected ports in port order, with the forms that are known. */
  constructor(forms: ReadonlyMap<string, Form | undefined>) {
    this.#forms = forms;
  }

  /** The connected ports, in port order. */
  get connected(): readonly string[] {
    return [...this.#forms.keys()];
  }

  input(port: string): Part {
    return { port };
  }

  /** The input at an optional port; undefined where nothing is connected. */
  optional(port: string): Part | undefined {
    return this.#forms.has(port) ? { port } : undefined;
  }

  /** The shape of one example at a port. Throws `ExpansionError` where it is not known yet. */
  shape(port: string): Shape {
    const form = this.#forms.get(port);
    if (form) return form.shape;
    throw new ExpansionError(
      `What stands inside depends on the shape of ${port}, which is not known yet: connect it first.`,
    );
  }

  /** Adds a node. */
  node(
    op: string,
    inputs: Readonly<Record<string, Part>>,
    label = '',
    attrs: Readonly<Record<string, unknown>> = {},
  ): Part {
    let id = op;
    for (let count = 2; this.#nodes.has(id); count++) id = `${op}${count}`;
    this.#nodes.set(id, { id, op, label, attrs });
    for (const [port, part] of Object.entries(inputs)) {
      const to = { node: id, port };
      if ('node' in part) this.#wires.push({ from: part.node, to });
      else this.#inputs.set(part.port, [...(this.#inputs.get(part.port) ?? []), to]);
    }
    return { node: id };
  }

  /** Adds a constant number. */
  number(value: number, label = String(value)): Part {
    return this.node('constant', {}, label, { value });
  }

  /** Adds a node that takes any number of inputs. */
  joined(op: 'add' | 'concat', parts: readonly Part[], label = '', attrs = {}): Part {
    const [only] = parts;
    if (parts.length === 1 && only) return only;
    const lettered = parts.map((part, at) => [String.fromCharCode(97 + at), part] as const);
    return this.node(op, Object.fromEntries(lettered), label, attrs);
  }

  /** The whole. */
  graph(output: Part): InnerGraph {
    if (!('node' in output)) throw new Error('An expansion needs a node.');
    const nodes = [...this.#nodes.values()];
    return { nodes, wires: this.#wires, inputs: this.#inputs, output: output.node };
  }
}
