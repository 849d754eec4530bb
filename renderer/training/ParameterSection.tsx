import type { GraphNode } from '#graph';
import { nodeName } from '#graph';
import { useEditorShallow, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { NumberField } from '../ui/NumberField.tsx';

/** What each parameter has of its own: a rate and a decay. */
export function ParameterSection({ busy }: { readonly busy: boolean }) {
  const text = strings.training;
  const parameters = useEditorShallow(({ editor }) =>
    editor.document.nodes.filter(({ op }) => op === 'parameter'),
  );
  if (parameters.length === 0) return null;
  return (
    <details className="settings-section parameter-section">
      <summary className="heading">{text.groups}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.parameter}</th>
            <th scope="col">{text.rate}</th>
            <th scope="col">{text.ownDecay}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((node) => (
            <ParameterRow key={node.id} node={node} busy={busy} />
          ))}
        </tbody>
      </table>
      <p className="quiet-text">{text.groupsHint}</p>
    </details>
  );
}

interface ParameterRowProps {
  readonly node: GraphNode;
  readonly busy: boolean;
}

function ParameterRow({ node, busy }: ParameterRowProps) {
  const text = strings.training;
  const { store } = useServices();
  const name = nodeName(node);
  const change = (attrs: Readonly<Record<string, unknown>>) =>
    store
      .getState()
      .edit(strings.edits.trainingSettings, [{ type: 'setAttrs', node: node.id, attrs }]);
  const notNegative = (x: number) => (x >= 0 ? undefined : text.notNegative);
  return (
    <tr>
      <th scope="row">
        <MathName name={name} />
      </th>
      <td>
        <NumberField
          bare
          label={text.rateOf(name)}
          value={numberOf(node.attrs, 'rate') ?? 1}
          disabled={busy}
          problemOf={notNegative}
          onChange={(rate) => change({ rate })}
        />
      </td>
      <td>
        <NumberField
          bare
          label={text.decayOf(name)}
          value={numberOf(node.attrs, 'weightDecay') ?? null}
          disabled={busy}
          problemOf={notNegative}
          onChange={(weightDecay) => change({ weightDecay })}
          empty={{ text: text.asAll, choose: () => change({ weightDecay: undefined }) }}
        />
      </td>
    </tr>
  );
}

function numberOf(attrs: object, name: string): number | undefined {
  const value: unknown = new Map(Object.entries(attrs)).get(name);
  return typeof value === 'number' ? value : undefined;
}
