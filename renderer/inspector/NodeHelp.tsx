import { type GraphNode, indexOf } from '#graph';
import { inputPorts, type Operation } from '#ops';
import { nameLatex, outputName, wireName } from '../format/names.ts';
import { useEditor } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { Formula } from '../ui/Formula.tsx';
import { NodeExample } from './NodeExample.tsx';
import './help.css';

interface NodeHelpProps {
  readonly node: GraphNode;
  readonly operation: Operation;
}

/** The operation as a formula, with the names of what is connected. */
export function NodeFormula({ node, operation }: NodeHelpProps) {
  const names = useNames(node, operation);
  if (Object.keys(names).length === 0) return null;
  return (
    <Formula
      className="chain-rule"
      display
      latex={`${nameLatex(outputName(node))} = ${operation.latex.forward(names, node.attrs)}`}
    />
  );
}

/** Whether help was open when it was last looked at: it stays so from node to node. */
let shown = true;

/** The operation explained: in words, each of its local gradients, and an example. It can be folded away. */
export function NodeHelp({ node, operation }: NodeHelpProps) {
  const names = useNames(node, operation);
  const out = nameLatex(outputName(node));
  const computes = Object.keys(names).length > 0;
  const locals = computes ? (operation.latex.local?.(names, out, node.attrs) ?? {}) : {};
  return (
    <details
      className="help"
      open={shown}
      onToggle={({ currentTarget }) => {
        shown = currentTarget.open;
      }}
    >
      <summary className="heading">{inspecting.help.title}</summary>
      <p className="note">
        {operation.help}
        {!operation.source && (
          <span className="note-part">{insight.help.passes(operation.passes)}</span>
        )}
      </p>
      {Object.keys(locals).length > 0 && (
        <section className="local-gradients" data-testid="local-gradients">
          <h3 className="heading">{insight.help.title}</h3>
          {Object.entries(locals).map(([port, latex]) => (
            <Formula
              key={port}
              className="local-gradient"
              latex={`\\displaystyle\\frac{\\partial ${out}}{\\partial ${names[port] ?? nameLatex(port)}} = ${latex}`}
            />
          ))}
        </section>
      )}
      <NodeExample operation={operation} />
    </details>
  );
}

/** What stands at each port, as LaTeX: the name on its wire, or the port's own. */
function useNames(node: GraphNode, operation: Operation): Readonly<Record<string, string>> {
  const document = useEditor(({ trace }) => trace.document);
  const wires = indexOf(document).incoming.get(node.id);
  const names: Record<string, string> = {};
  for (const { name, optional } of inputPorts(operation, node.attrs, wires?.keys() ?? [])) {
    const wire = wires?.get(name);
    if (wire) names[name] = nameLatex(wireName(document, wire));
    else if (!optional) names[name] = nameLatex(name);
  }
  return names;
}
