import { type GraphDocument, type GraphNode, indexOf, type Wire } from './document.ts';

/** A name as it is set: `W₁` is W with a subscript 1. */
export interface NameParts {
  readonly base: string;
  readonly subscript: string;
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** Takes a name apart: Unicode subscripts, `_1`, or digits behind letters. */
export function nameParts(name: string): NameParts {
  const plain = [...name]
    .map((character) => {
      const digit = subscripts.indexOf(character);
      return digit < 0 ? character : String(digit);
    })
    .join('');
  const match = /^(\p{L}+)_?(\d+)$/u.exec(plain) ?? /^(\p{L}+)_(\w+)$/u.exec(plain);
  const [, base, subscript] = match ?? subscripted(name) ?? [];
  // One subscript behind another, as that of an example: W_1_2.
  return { base: base ?? name, subscript: (subscript ?? '').replaceAll('_', ',') };
}

/** Any name with Unicode subscripts at its end: `x̂₂`, `dL/dy₂`. */
function subscripted(name: string): readonly string[] | undefined {
  const found = /^(.+?)([₀-₉]+)$/u.exec(name);
  if (!found) return undefined;
  const [, base = '', low = ''] = found;
  const digits = [...low].map((digit) => subscripts.indexOf(digit)).join('');
  return [name, base, digits];
}

/** The name as LaTeX. */
export function nameLatex(name: string): string {
  const { base, subscript } = nameParts(name);
  const letter = [...base].length === 1 ? escapeLatex(base) : `\\mathit{${escapeLatex(base)}}`;
  return subscript ? `${letter}_{${escapeLatex(subscript)}}` : letter;
}

function escapeLatex(text: string): string {
  return text.replaceAll(/[\\{}$&#^_%~]/g, (character) =>
    '\\^~'.includes(character) ? ' ' : `\\${character}`,
  );
}

/** What stands on the wires that leave a node. */
export function outputName(node: GraphNode): string {
  return node.label || node.id;
}

/** What the blackboard calls a wire: its own name, or that of the value it carries. */
export function wireName(document: GraphDocument, wire: Wire): string {
  if (wire.name) return wire.name;
  const source = indexOf(document).nodes.get(wire.from.node);
  return source ? outputName(source) : wire.from.node;
}
