import { Fragment } from 'react';
import { counters, type GraphCounters, type GraphDocument, type NodeId } from '#graph';
import type { Registry } from '#ops';
import { formatCount } from '../format/numbers.ts';
import { useEditor } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';

const text = insight.counters;

type Row = readonly [label: string, shown: string];

/** One document is counted once, whoever asks. */
const counted = new WeakMap<GraphDocument, GraphCounters>();

function countersOf(document: GraphDocument, registry: Registry): GraphCounters {
  const known = counted.get(document);
  if (known) return known;
  const made = counters(document, registry);
  counted.set(document, made);
  return made;
}

/** What a node costs: what does not apply is left out. */
export function NodeCounters({ id }: { readonly id: NodeId }) {
  const document = useEditor(({ editor }) => editor.document);
  const registry = useEditor((state) => state.registry);
  const node = countersOf(document, registry).nodes.get(id);
  if (!node) return null;
  const rows: Row[] = [[text.shape, node.form.shape.join(' × ') || text.scalar]];
  rows.push(...present(node));
  if (node.activations > 0) rows.push(memory(node.activations, 4 * node.activations));
  if (node.receptiveField) rows.push([text.receptiveField, node.receptiveField.join(' × ')]);
  return <Rows rows={rows} />;
}

/** What the whole graph costs. */
export function GraphCounts() {
  const document = useEditor(({ editor }) => editor.document);
  const registry = useEditor((state) => state.registry);
  const total = countersOf(document, registry);
  if (total.nodes.size === 0) return null;
  const parameters = total.weights + total.biases;
  const rows: Row[] = [
    // With only one kind of them, its own row says it.
    ...(total.weights > 0 && total.biases > 0
      ? [[text.parameters, formatCount(parameters)] as const]
      : []),
    ...present(total),
    ...(total.activations > 0 ? [memory(total.activations, total.activationBytes)] : []),
  ];
  return rows.length === 0 ? null : <Rows rows={rows} />;
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <section data-testid="counters">
      <h3 className="heading" title={text.perExample}>
        {text.title}
      </h3>
      <dl className="facts numeric">
        {rows.map(([label, shown]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{shown}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

type Counts = Pick<GraphCounters, 'weights' | 'biases' | 'connections' | 'multiplications'>;

function present(counts: Counts): Row[] {
  const names = ['weights', 'biases', 'connections', 'multiplications'] as const;
  return names.flatMap((name) =>
    counts[name] > 0 ? [[text[name], formatCount(counts[name])] as const] : [],
  );
}

function memory(activations: number, bytes: number): Row {
  return [text.activations, `${formatCount(activations)} · ${formatBytes(bytes)}`];
}

function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}
