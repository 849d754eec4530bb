import { useEffect, useMemo } from 'react';
import { type GraphDocument, indexOf, type NodeId, nodeName } from '#graph';
import type { NdArray } from '#tensor';
import { type Checkpoint, decodeCheckpoint, named } from '#train';
import { useEditor, useNumbers } from '../../store/index.ts';
import { strings } from '../../strings/en.ts';
import { runs } from '../../strings/en-runs.ts';
import { HeatMap } from '../../ui/HeatMap.tsx';
import { MathName } from '../../ui/MathName.tsx';
import type { TrainingControl } from '../control.ts';
import { useTraining } from '../use-view.ts';

const text = runs.state;
const { methods } = strings.training;

/** While it is looked at, the optimizer's state of a run that goes on is asked for so often. */
const askEvery = 1000;

/** What the optimizer keeps of each parameter from step to step, beside the parameter itself. */
export function OptimizerView({ control }: { readonly control: TrainingControl }) {
  const phase = useTraining(control, (view) => view.run.phase);
  const kept = useTraining(control, (view) => view.checkpoint);
  const document = useEditor(({ editor }) => editor.document);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another phase, another source
  useEffect(() => {
    void control.askState();
    const asking = setInterval(() => void control.askState(), askEvery);
    return () => clearInterval(asking);
  }, [control, phase]);
  const checkpoint = useMemo(() => kept && readable(kept.bytes), [kept]);
  const parameters = useMemo(
    () => (checkpoint ? statesOf(checkpoint, document) : []),
    [checkpoint, document],
  );
  if (!checkpoint || parameters.length === 0) {
    return <p className="quiet-text view-state">{text.none}</p>;
  }
  const method = methods[checkpoint.settings.optimizer];
  const stateless = parameters.every(({ parts }) => parts.length === 1);
  return (
    <>
      <p className="view-head quiet-text numeric">{text.step(checkpoint.step, method)}</p>
      {stateless && <p className="note">{text.stateless(method)}</p>}
      {parameters.map((parameter) => (
        <ParameterState key={parameter.node} {...parameter} />
      ))}
    </>
  );
}

interface Part {
  readonly name: string;
  readonly array: NdArray;
}

interface StateOfParameter {
  readonly node: NodeId;
  readonly name: string;
  readonly parts: readonly Part[];
}

function ParameterState({ name, parts }: StateOfParameter) {
  const numbers = useNumbers();
  const format = (x: number) => numbers.format(x, 3);
  return (
    <section className="optimizer-state" aria-label={name}>
      <h2>
        <MathName name={name} />
      </h2>
      <table className="numeric">
        <thead>
          <tr>
            <td />
            <th scope="col">{text.norm}</th>
            <th scope="col">{text.low}</th>
            <th scope="col">{text.high}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {parts.map(({ name: part, array }) => {
            const { norm, low, high } = measured(array);
            return (
              <tr key={part}>
                <th scope="row">{text.parts[part] ?? part}</th>
                <td>{format(norm)}</td>
                <td>{format(low)}</td>
                <td>{format(high)}</td>
                <td>
                  <HeatMap
                    array={array}
                    tone={part === 'parameter' ? 'value' : 'gradient'}
                    width={72}
                    height={36}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function measured({ data }: NdArray) {
  let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of data) {
    sum += x * x;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  return { norm: Math.sqrt(sum), low, high };
}

function readable(bytes: Uint8Array): Checkpoint | undefined {
  try {
    return decodeCheckpoint(bytes);
  } catch {
    return undefined;
  }
}

/** The parameters of a checkpoint that the document has, in its order. */
function statesOf({ state }: Checkpoint, document: GraphDocument): StateOfParameter[] {
  const { nodes } = indexOf(document);
  const found = new Map<NodeId, Part[]>();
  for (const [key, { shape, data }] of state) {
    const what = named(key);
    const node = what && nodes.get(what.node);
    if (!what || !node || what.kind === 'average') continue;
    const parts = found.get(node.id) ?? [];
    const array = { shape, data: Float64Array.from(data) };
    parts.push({ name: what.kind === 'state' ? what.part : 'parameter', array });
    found.set(node.id, parts);
  }
  return document.nodes.flatMap((node) => {
    const parts = found.get(node.id);
    return parts ? [{ node: node.id, name: nodeName(node), parts }] : [];
  });
}
