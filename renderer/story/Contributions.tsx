import { useMemo } from 'react';
import { indexOf, type WireId } from '#graph';
import type { ArrayValue } from '#tensor';
import { exampleContributions } from '#trace';
import { outputName, wireName } from '../format/names.ts';
import { formatBadge, isSingle, singleNumber } from '../format/tensors.ts';
import { useEditor, useEditorShallow, useNumbers, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { telling } from '../strings/en-story.ts';
import { HeatMap } from '../ui/HeatMap.tsx';
import { MathName } from '../ui/MathName.tsx';
import { CopyButton } from './CopyButton.tsx';
import { knownFactors, totalTold } from './told.ts';

/** Where several wires leave one output: what each brings back, by its name, and their sum. */
export function FanOut({ id }: { readonly id: WireId }) {
  const { store } = useServices();
  const trace = useEditor((state) => state.trace);
  const { wires, nodes, outgoing } = indexOf(trace.document);
  const from = wires.get(id)?.from.node;
  const all = from === undefined ? [] : (outgoing.get(from) ?? []);
  const told = useEditorShallow((state) => all.map((wire) => knownFactors(state, wire.id) === 3));
  const whole = useEditor((state) => totalTold(state, id));
  const total = from && trace.nodes.get(from)?.gradient;
  if (all.length < 2 || !total) return null;
  return (
    <section className="contributions" data-testid="fan-out">
      <h3 className="heading">{telling.fanOut.title(all.length)}</h3>
      <ul>
        {all.map((wire, at) => {
          const target = nodes.get(wire.to.node);
          const name = wireName(trace.document, wire);
          const where = target ? outputName(target) : wire.to.node;
          return (
            <li key={wire.id}>
              <button
                type="button"
                aria-current={wire.id === id}
                aria-label={telling.fanOut.goTo(name, where)}
                onClick={() => store.getState().selectWire(wire.id)}
              >
                <span className="contribution-name">
                  <MathName name={name} /> → <MathName name={where} />
                </span>
                <Amount value={told[at] ? trace.wires.get(wire.id)?.gradient : undefined} />
              </button>
            </li>
          );
        })}
        <li className="contribution-sum">
          <span className="contribution-name">Σ {telling.fanOut.total}</span>
          <Amount value={whole ? total : undefined} />
          {whole && <CopyButton array={total.data} what={telling.fanOut.total} />}
        </li>
      </ul>
      {whole && isSingle(total) && (
        <FanOutSum
          parts={all.flatMap((wire) => trace.wires.get(wire.id)?.gradient ?? [])}
          total={total}
        />
      )}
    </section>
  );
}

function FanOutSum({
  parts,
  total,
}: {
  readonly parts: readonly ArrayValue[];
  readonly total: ArrayValue;
}) {
  const numbers = useNumbers();
  const terms = parts.slice(0, mostParts).map((part) => numbers.operand(singleNumber(part)));
  return (
    <p className="contribution-line numeric gradient">
      {telling.examples.sum(
        terms,
        parts.length - terms.length,
        numbers.format(singleNumber(total)),
      )}
    </p>
  );
}

/** Further examples are counted. */
const mostParts = 8;

/** For a value that all examples of a batch share: what each of them brings back, and their sum. */
export function Examples({ id }: { readonly id: WireId }) {
  const numbers = useNumbers();
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const found = useMemo(
    () => exampleContributions(trace, registry, id, mostParts),
    [trace, registry, id],
  );
  const gradient = trace.wires.get(id)?.gradient;
  if (!found || !gradient || found.examples < 2) return null;
  const more = found.examples - found.parts.length;
  return (
    <section className="contributions" data-testid="examples">
      <h3 className="heading">{telling.examples.title(found.examples)}</h3>
      {isSingle(gradient) ? (
        <p className="contribution-line numeric gradient">
          {telling.examples.sum(
            found.parts.map((part) => numbers.operand(singleNumber(part))),
            more,
            numbers.format(singleNumber(gradient)),
          )}
        </p>
      ) : (
        <ol className="example-maps">
          {found.parts.map((part, at) => (
            // An example is its place in the batch.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={at}>
              <HeatMap array={part.data} tone="gradient" width={48} height={36} />
              <span>{telling.examples.one(at + 1)}</span>
            </li>
          ))}
          {more > 0 && <li className="quiet-text">{telling.examples.more(more)}</li>}
          <li className="example-sum">
            <HeatMap array={gradient.data} tone="gradient" width={48} height={36} />
            <span>Σ</span>
          </li>
        </ol>
      )}
    </section>
  );
}

/** A number, or a tensor in the small; undefined where it is not told yet. */
export function Amount({ value }: { readonly value: ArrayValue | null | undefined }) {
  const numbers = useNumbers();
  if (value === undefined) return <span className="gradient">{strings.canvas.unknown}</span>;
  if (value === null) return <span className="gradient">{strings.canvas.noGradient}</span>;
  if (isSingle(value)) {
    return <span className="gradient numeric">{numbers.format(singleNumber(value))}</span>;
  }
  return (
    <span className="amount-map">
      <HeatMap array={value.data} tone="gradient" width={56} height={22} />
      <span className="badge">{formatBadge(value)}</span>
    </span>
  );
}
