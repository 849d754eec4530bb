import { useMemo } from 'react';
import type { GraphNode } from '#graph';
import type { ArrayValue } from '#tensor';
import { heldValue } from '../format/held.ts';
import { useEditor, useNumbers } from '../store/index.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { Formula } from '../ui/Formula.tsx';
import { expected, histogram, spreadOf, startOf } from './distribution.ts';
import { HistogramView } from './HistogramView.tsx';
import { shapeOf } from './source-attrs.ts';
import './distribution.css';

const text = inspecting.start;

/** Of fewer typed numbers, a picture says less than they do. */
const fewest = 16;

/** How the numbers of a parameter are spread: those drawn beside what they are drawn from, or those it was given. */
export function Distribution({ node }: { readonly node: GraphNode }) {
  const value = useEditor(({ trace }) => trace.nodes.get(node.id)?.value);
  if (!value || value.data.data.length < 2 || !value.data.data.every(Number.isFinite)) return null;
  return <Spread node={node} value={value} />;
}

function Spread({ node, value }: { readonly node: GraphNode; readonly value: ArrayValue }) {
  const numbers = useNumbers();
  const init = 'init' in node.attrs ? node.attrs.init : undefined;
  const held = heldValue(node) !== undefined;
  const shape = shapeOf(node);
  const start = useMemo(() => startOf(shape, init), [shape, init]);
  const law = held ? null : start.law;
  const { data } = value.data;
  const { spread, bars } = useMemo(() => {
    const found = spreadOf(data);
    return { spread: found, bars: histogram(data, found, law) };
  }, [data, law]);
  const wanted = law && expected(law);
  const label = held ? text.valueLabel : text.label;
  const rows = [
    [text.mean, spread.mean, wanted?.mean],
    [text.deviation, spread.deviation, wanted?.deviation],
  ] as const;
  const fans = held
    ? []
    : ([
        [text.fanIn, start.fanIn],
        [text.fanOut, start.fanOut],
      ] as const);
  if (held && data.length < fewest) return <p className="quiet-text">{text.unused}</p>;
  return (
    <section className="distribution" aria-label={text.title} data-testid="distribution">
      {held && <p className="quiet-text">{text.unused}</p>}
      <HistogramView
        histogram={bars}
        law={law}
        label={label(data.length, numbers.format(spread.low), numbers.format(spread.high))}
      />
      <table className="spread numeric">
        {wanted && (
          <thead>
            <tr>
              <td />
              <th scope="col">{text.drawn}</th>
              <th scope="col">{text.expected}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(([name, found, ideal]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="value">{numbers.format(found, 3)}</td>
              {ideal !== undefined && <td>{numbers.format(ideal)}</td>}
            </tr>
          ))}
          {fans.map(
            ([name, count]) =>
              count !== undefined && (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{count}</td>
                </tr>
              ),
          )}
        </tbody>
      </table>
      {!held && start.latex && <Formula className="local-gradient" latex={start.latex} />}
    </section>
  );
}
