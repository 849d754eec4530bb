import { type GraphDocument, type GraphNode, indexOf, type NodeId, nodeName } from '#graph';
import {
  call,
  type Expression,
  ExpressionError,
  expressionText,
  functionNames,
  number,
  parseExpression,
  substitute,
  variable,
} from '#ops';
import { functionOf } from './vocabulary.ts';

/** The text is refused beyond this many parts: shared parts are written out again and again. */
const maximumParts = 2_000;

/**
 * Writes a node's value as an expression of the inputs and parameters it depends on; reading it back
 * gives a graph with the same value. Throws `ExpressionError`, naming the node, where an operation on
 * the way is no scalar expression.
 */
export function graphToText(document: GraphDocument, node: NodeId): string {
  return expressionText(new Writer(document).expression(node));
}

class Writer {
  readonly #document: GraphDocument;
  readonly #names = new Map<NodeId, string>();
  #parts = 0;

  constructor(document: GraphDocument) {
    this.#document = document;
  }

  expression(id: NodeId): Expression {
    const { nodes, incoming } = indexOf(this.#document);
    const node = nodes.get(id);
    if (!node) throw new ExpressionError(`There is no node “${id}”.`);
    if (++this.#parts > maximumParts)
      throw new ExpressionError('The expression would be too long.');
    const wires = incoming.get(id);
    const at = (port: string): Expression => {
      const wire = wires?.get(port);
      if (!wire) throw new ExpressionError(`“${nodeName(node)}” has nothing at its input ${port}.`);
      return this.expression(wire.from.node);
    };
    const attrs: { readonly [key: string]: unknown } = { ...node.attrs };
    switch (node.op) {
      case 'input':
      case 'parameter':
        return variable(this.#name(node));
      case 'constant':
        return number(scalarOf(node, attrs.value));
      case 'identity':
        return at('x');
      case 'reciprocal':
        return call('divide', number(1), at('x'));
      case 'power':
        return call('pow', at('x'), number(Number(attrs.exponent)));
      case 'formula': {
        const inner = parseExpression(String(attrs.expression));
        return substitute(inner, at);
      }
      default:
    }
    const name = functionOf.get(node.op);
    if (!name) {
      throw new ExpressionError(
        `“${nodeName(node)}” (${node.op}) cannot be written as a scalar expression.`,
      );
    }
    const [first, ...rest] = [...(wires?.keys() ?? [])].sort().map(at);
    if (!first) throw new ExpressionError(`“${nodeName(node)}” has nothing at its input.`);
    return rest.length === 0
      ? call(name, first)
      : rest.reduce((total, argument) => call(name, total, argument), first);
  }

  /** A variable's name: the label where it can be one and nobody else has it, else the id or a new one. */
  #name(node: GraphNode): string {
    const known = this.#names.get(node.id);
    if (known) return known;
    const taken = new Set(this.#names.values());
    const wanted = [node.label, node.id, ...numbered()];
    const name = wanted.find((candidate) => isName(candidate) && !taken.has(candidate)) ?? node.id;
    this.#names.set(node.id, name);
    return name;
  }
}

function* numbered(): Generator<string> {
  for (let count = 1; count < 10_000; count++) yield `v${count}`;
}

function isName(text: string): boolean {
  if (functionNames.some((name) => name === text)) return false;
  try {
    const expression = parseExpression(text);
    return expression.kind === 'variable' && expression.name === text;
  } catch {
    return false;
  }
}

function scalarOf(node: GraphNode, value: unknown): number {
  const data =
    typeof value === 'object' && value !== null && 'data' in value ? value.data : undefined;
  const [first] = data instanceof Float64Array && data.length === 1 ? data : [];
  if (first === undefined) {
    throw new ExpressionError(`The constant “${nodeName(node)}” is not a single number.`);
  }
  return first;
}
