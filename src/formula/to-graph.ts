import {
  applyEdit,
  type Edit,
  freshNodeId,
  freshWireId,
  type GraphDocument,
  layout,
  type NodeId,
  type Position,
} from '#graph';
import { type Expression, expressionText, parseExpression, type Registry, variablesOf } from '#ops';
import { operationOf } from './vocabulary.ts';

export interface FormulaGraph {
  /** To be carried out in one transaction: the nodes, laid out, and their wires. */
  readonly edits: readonly Edit[];
  /** The node whose value is the whole expression. */
  readonly result: NodeId;
}

/**
 * Turns the text of an expression into elementary nodes with a fresh input for each variable (one
 * node, however often it occurs). Throws `ExpressionError`, one sentence, where the text is no
 * expression.
 */
export function expressionToGraph(
  text: string,
  document: GraphDocument,
  registry: Registry,
  origin: Position = { x: 0, y: 0 },
): FormulaGraph {
  const builder = new Builder(document, registry);
  const result = builder.add(parseExpression(text));
  return { edits: builder.laidOut(origin), result };
}

/** Beyond this a layout takes longer than a keystroke may. */
const patience = 400;

/** Grows a copy of the document, so that ids stay fresh, and writes down how. */
class Builder {
  readonly #registry: Registry;
  readonly #edits: Edit[] = [];
  readonly #variables = new Map<string, NodeId>();
  #document: GraphDocument;

  constructor(document: GraphDocument, registry: Registry) {
    this.#document = document;
    this.#registry = registry;
  }

  add(expression: Expression): NodeId {
    switch (expression.kind) {
      case 'number':
        return this.#node('constant', '', { shape: [], value: expression.value });
      case 'variable': {
        const known = this.#variables.get(expression.name);
        if (known) return known;
        const made = this.#node('input', expression.name, { shape: [], value: 1 });
        this.#variables.set(expression.name, made);
        return made;
      }
      case 'call':
        return this.#call(expression);
    }
  }

  #call(expression: Expression & { readonly kind: 'call' }): NodeId {
    const [a, b] = expression.args;
    // As at the blackboard: 1/x is one gate, and so is a power with a fixed exponent.
    if (expression.name === 'divide' && b && a?.kind === 'number' && a.value === 1) {
      return this.#operation('reciprocal', {}, [['x', b]]);
    }
    const exponent = expression.name === 'pow' && b ? fixedNumber(b) : undefined;
    if (a && exponent === 2) return this.#operation('square', {}, [['x', a]]);
    if (a && exponent !== undefined) return this.#operation('power', { exponent }, [['x', a]]);
    const known = operationOf[expression.name];
    const ports = known?.ports ?? expression.args.map((_, at) => 'ab'[at] ?? 'a');
    const inputs = expression.args.map((argument, at) => [ports[at] ?? 'a', argument] as const);
    if (known) return this.#operation(known.op, {}, inputs);
    // No operation of its own: a formula node that holds this one function.
    const variables = ports.map((name): Expression => ({ kind: 'variable', name }));
    const text = expressionText({ ...expression, args: variables });
    return this.#operation('formula', { expression: text }, inputs);
  }

  #operation(
    op: string,
    attrs: object,
    inputs: readonly (readonly [port: string, argument: Expression])[],
  ): NodeId {
    const sources = inputs.map(([port, argument]) => ({ port, from: this.add(argument) }));
    const node = this.#node(op, '', attrs);
    for (const { port, from } of sources) {
      this.#apply({
        type: 'addWire',
        wire: {
          id: freshWireId(this.#document),
          from: { node: from, port: 'out' },
          to: { node, port },
        },
      });
    }
    return node;
  }

  #node(op: string, label: string, attrs: object): NodeId {
    const id = freshNodeId(this.#document, label || op);
    this.#apply({ type: 'addNode', node: { id, op, label, attrs, position: { x: 0, y: 0 } } });
    return id;
  }

  #apply(edit: Edit): void {
    this.#document = applyEdit(this.#document, edit, this.#registry);
    this.#edits.push(edit);
  }

  laidOut(origin: Position): Edit[] {
    const added = this.#edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.node.id] : []));
    const positions = layout(this.#document, { only: new Set(added), origin, patience });
    return this.#edits.map((edit) => {
      if (edit.type !== 'addNode') return edit;
      const position = positions.get(edit.node.id) ?? origin;
      return { ...edit, node: { ...edit.node, position } };
    });
  }
}

/** The number an expression without variables stands for, where it is plain to see: 3, −2. */
function fixedNumber(expression: Expression): number | undefined {
  if (variablesOf(expression).length > 0) return undefined;
  if (expression.kind === 'number') return expression.value;
  const [inner] = expression.kind === 'call' && expression.name === 'negate' ? expression.args : [];
  return inner?.kind === 'number' ? -inner.value : undefined;
}
