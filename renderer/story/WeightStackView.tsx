import { useMemo, useState } from 'react';
import { indexOf, type WireId } from '#graph';
import { weightStack } from '#trace';
import { nameLatex, outputName, wireName } from '../format/names.ts';
import { useEditor, useNumbers } from '../store/index.ts';
import { telling } from '../strings/en-story.ts';
import { Formula } from '../ui/Formula.tsx';
import { prefersStillness } from './keys.ts';
import { numberLatex } from './numbers-latex.ts';

const text = telling.stack;

/** So many slices and columns are drawn, each slice in a colour of its own. */
const most = { slices: 6, columns: 6 };

/** Where the slices are weighed, and where they begin to slide together, on the way from 0 to 100. */
const weighedFrom = 34;
const slidesFrom = 50;

/** ∂y/∂W of y = W·x: the slices, one for each output, that weighed and added up collapse to g·xᵀ. */
export function WeightStackView({ id }: { readonly id: WireId }) {
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const stack = useMemo(() => weightStack(trace, registry, id), [trace, registry, id]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [progress, setProgress] = useState(0);
  const numbers = useNumbers();
  const { wires, nodes, incoming } = indexOf(trace.document);
  const wire = wires.get(id);
  const target = wire && nodes.get(wire.to.node);
  if (!stack || !wire || !target) return null;
  const names = { out: outputName(target), weights: wireName(trace.document, wire) };
  const out = nameLatex(names.out);
  const weights = nameLatex(names.weights);
  const other = [...(incoming.get(target.id)?.values() ?? [])].find(
    ({ to }) => to.port === 'b' || to.port === 'x',
  );
  const input = other ? wireName(trace.document, other) : 'x';
  const x = nameLatex(input);
  if (!open) {
    return (
      <button type="button" className="button start" onClick={() => setOpen(true)}>
        {text.show}
      </button>
    );
  }
  const current = Math.min(at, stack.columns - 1);
  const column = stack.column(current);
  const slices = Math.min(stack.outputs, most.slices);
  const columns = Math.min(stack.inputs, most.columns);
  const weighed = progress >= weighedFrom;
  const slid = Math.max(0, (progress - slidesFrom) / (100 - slidesFrom));
  const phase =
    progress === 100 ? 'done' : progress >= slidesFrom ? 'collapse' : weighed ? 'weigh' : 'stack';
  const collapsed = progress === 100;
  const g = `\\tfrac{\\partial L}{\\partial ${out}}`;
  const said = phase === 'done' ? text.phase.done(`dL/d${names.out}`, input) : text.phase[phase];
  return (
    <section className="weight-stack" aria-label={text.title(names.out, names.weights)}>
      <h3 className="heading">{text.title(names.out, names.weights)}</h3>
      <p className="quiet-text">{text.explain(stack.outputs, input)}</p>
      {stack.columns > 1 && (
        <div className="stack-columns">
          <button
            type="button"
            className="button"
            aria-label={text.previous}
            disabled={current === 0}
            onClick={() => setAt(current - 1)}
          >
            ‹
          </button>
          <span className="numeric">{columnText(current)}</span>
          <button
            type="button"
            className="button"
            aria-label={text.next}
            disabled={current === stack.columns - 1}
            onClick={() => setAt(current + 1)}
          >
            ›
          </button>
        </div>
      )}
      <div
        className="slices numeric"
        data-testid="weight-stack"
        data-phase={phase}
        style={{ '--slices': slices, '--columns': columns, '--slid': slid }}
      >
        {Array.from({ length: slices }, (_, k) => {
          const weight = column.g[k] ?? Number.NaN;
          return (
            // A slice is its output.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={k} className="slice" data-slice={k % 6} style={{ '--slice': k }}>
              <div className="slice-row">
                {Array.from({ length: columns }, (__, j) => {
                  const entry = column.x[j] ?? Number.NaN;
                  return (
                    // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place
                    <span key={j}>{numbers.format(weighed ? weight * entry : entry, 3)}</span>
                  );
                })}
              </div>
            </div>
          );
        })}
        <ol className="slice-names">
          {Array.from({ length: slices }, (_, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a slice is its output
            <li key={k} data-slice={k % 6} style={{ '--slice': k }}>
              <Formula
                latex={`\\tfrac{\\partial {${out}}_{${k + 1}}}{\\partial ${weights}}${weighed ? `\\cdot ${numberLatex(numbers.operand(column.g[k] ?? Number.NaN))}` : ''}`}
              />
            </li>
          ))}
        </ol>
      </div>
      {(stack.outputs > slices || stack.inputs > columns) && (
        <p className="quiet-text">
          {stack.outputs > slices && text.part(slices, stack.outputs, 'slices')}{' '}
          {stack.inputs > columns && text.part(columns, stack.inputs, 'columns')}
        </p>
      )}
      <div className="stack-controls">
        <input
          type="range"
          min={0}
          max={100}
          value={progress}
          aria-label={text.slider}
          aria-valuetext={said}
          onChange={(event) => setProgress(Number(event.target.value))}
        />
        <button
          type="button"
          className="button"
          onClick={() => glide(progress, collapsed ? 0 : 100, setProgress)}
        >
          {collapsed ? text.unfold : text.collapse}
        </button>
      </div>
      <p className="stack-said" aria-live="polite">
        {phase === 'done' ? <Formula latex={`\\textstyle\\sum = ${g}\\,{${x}}^\\top`} /> : said}
        {phase === 'done' && stack.columns > 1 && (
          <span className="quiet-text"> {text.totalDone(stack.columns, names.weights)}</span>
        )}
      </p>
    </section>
  );

  function columnText(index: number): string {
    if (!stack) return '';
    const { perExample, batched, columns: all } = stack;
    if (!batched) return text.column(index + 1, all);
    const example = text.example(Math.floor(index / perExample) + 1, all / perExample);
    return perExample === 1
      ? example
      : text.both(example, text.column((index % perExample) + 1, perExample));
  }
}

/** From here to there in about a second and a half; at once for those who asked for stillness. */
function glide(from: number, to: number, set: (progress: number) => void): void {
  if (prefersStillness()) {
    set(to);
    return;
  }
  const start = performance.now();
  const frame = (now: number) => {
    const share = Math.min(1, (now - start) / 1600);
    set(share === 1 ? to : Math.round(from + (to - from) * share));
    if (share < 1) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

declare module 'react' {
  interface CSSProperties {
    /** How many slices and columns a stack has, which one this is, and how far they have slid together. */
    '--slices'?: number;
    '--columns'?: number;
    '--slice'?: number;
    '--slid'?: number;
  }
}
