import { type GraphNode, indexOf } from '#graph';
import { inputPorts, type Operation } from '#ops';
import { nameLatex, outputName, wireName } from '../format/names.ts';
import { useEditor } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';
import { Formula } from '../ui/Formula.tsx';

interface NodeHelpProps {
  readonly node: GraphNode;
  readonly operation: Operation;
}

/** The operation explained: its formula with the names of what is connected, and its local gradients. */
export function NodeHelp({ node, operation }: NodeHelpProps) {
  const names = useNames(node, operation);
  const out = nameLatex(outputName(node));
  const locals = Object.entries(operation.latex.local?.(names, out, node.attrs) ?? {});
  const title = operation.title.charAt(0).toUpperCase() + operation.title.slice(1);
  const computes = Object.keys(names).length > 0;
  return (
    <>
      {computes && (
        <Formula
          className="chain-rule"
          display
          latex={`${out} = ${operation.latex.forward(names, node.attrs)}`}
        />
      )}
      <p className="note">
        {operation.help}
        {!operation.source && (
          <span className="note-part">{insight.help.passes(title, operation.passes)}</span>
        )}
      </p>
      {computes && locals.length > 0 && (
        <section className="local-gradients" data-testid="local-gradients">
          <h3 className="heading">{insight.help.title}</h3>
          {locals.map(([port, latex]) => (
            <Formula
              key={port}
              className="local-gradient"
              latex={`\\displaystyle\\frac{\\partial ${out}}{\\partial ${names[port] ?? nameLatex(port)}} = ${latex}`}
            />
          ))}
        </section>
      )}
    </>
  );
}

/** What stands at each port, as LaTeX: the name on its wire, or the port's own. */
function useNames(node: GraphNode, operation: Operation): Readonly<Record<string, string>> {
  const document = useEditor(({ editor }) => editor.document);
  const wires = indexOf(document).incoming.get(node.id);
  const names: Record<string, string> = {};
  for (const { name, optional } of inputPorts(operation, node.attrs, wires?.keys() ?? [])) {
    const wire = wires?.get(name);
    if (wire) names[name] = nameLatex(wireName(document, wire));
    else if (!optional) names[name] = nameLatex(name);
  }
  return names;
}
