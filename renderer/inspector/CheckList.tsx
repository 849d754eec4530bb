import { useStore } from 'zustand';
import { checkRank, type GradientCheck } from '#diagnose';
import { type GraphDocument, indexOf } from '#graph';
import { useShow } from '../canvas/index.ts';
import { checker, checksStore, placeKey } from '../check/index.ts';
import { outputName, wireName } from '../format/names.ts';
import { formatNumber } from '../format/numbers.ts';
import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { insight } from '../strings/en-insight.ts';
import { checkHint } from './CheckLine.tsx';

const text = insight.check;

/** More rows nobody reads: the worst stand first. */
const mostRows = 40;

/** Every gradient of the graph against its central difference, the worst first. */
export function CheckList() {
  const trace = useEditor((state) => state.trace);
  const hasLoss = useEditor(({ trace }) => trace.document.loss !== undefined);
  const checks = useStore(checksStore);
  const state = checks.of === trace.nodes ? checks.all : 'none';
  return (
    <section className="inspector-section" aria-label={text.title}>
      <h3 className="heading">{text.title}</h3>
      {trace.loss === undefined ? (
        <p className="quiet-text">{hasLoss ? strings.canvas.problemsFirst : text.noLoss}</p>
      ) : (
        <>
          {state === 'running' && (
            <output className="quiet-text">{text.running(checks.found.size)}</output>
          )}
          {state === 'crashed' && <p className="note warning">{text.crashed}</p>}
          {state === 'done' && <Results found={[...checks.found.values()]} />}
          {state !== 'running' && (
            <button type="button" className="button start" onClick={() => checker.checkAll(trace)}>
              {state === 'done' ? text.again : text.all}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function Results({ found }: { readonly found: readonly GradientCheck[] }) {
  const document = useEditor(({ trace }) => trace.document);
  const { showNode, showWire } = useShow();
  const checks = found.toSorted((a, b) => checkRank(b) - checkRank(a));
  return (
    <>
      <output className="check-summary" data-failed={checks.some(isFailure)}>
        {summary(checks)}
      </output>
      <table className="check-table numeric">
        <thead>
          <tr>
            <th scope="col">{text.columns.place}</th>
            <th scope="col">{text.columns.analytic}</th>
            <th scope="col">{text.columns.numeric}</th>
            <th scope="col">{text.columns.difference}</th>
          </tr>
        </thead>
        <tbody>
          {checks.slice(0, mostRows).map((check) => {
            const { place, verdict, analytic, numeric, difference } = check;
            const name = placeName(document, check);
            return (
              <tr key={placeKey(place)} data-verdict={verdict} title={checkHint(check)}>
                <th scope="row">
                  <button
                    type="button"
                    title={name}
                    onClick={() =>
                      place.kind === 'wire' ? showWire(place.wire) : showNode(place.node)
                    }
                  >
                    {name}
                  </button>
                </th>
                <td className="gradient">{formatNumber(analytic, 3)}</td>
                <td>{formatNumber(numeric, 3)}</td>
                <td className="check" data-verdict={verdict}>
                  {verdict === 'agrees' || verdict === 'mismatch'
                    ? formatNumber(difference, 2)
                    : text.short[verdict]}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {checks.length > mostRows && (
        <p className="quiet-text">{text.more(checks.length - mostRows)}</p>
      )}
    </>
  );
}

function isFailure({ verdict }: GradientCheck): boolean {
  return verdict === 'mismatch' || verdict === 'not-finite';
}

function summary(checks: readonly GradientCheck[]): string {
  const failed = checks.filter(isFailure).length;
  const kinks = checks.filter(({ verdict }) => verdict === 'kink').length;
  if (failed > 0) return text.failed(failed, checks.length);
  return kinks > 0 ? text.kinks(kinks, checks.length) : text.passed(checks.length);
}

function placeName(document: GraphDocument, { place }: GradientCheck): string {
  const { nodes, wires } = indexOf(document);
  const nameOf = (id: Parameters<typeof nodes.get>[0]) => {
    const node = nodes.get(id);
    return node ? outputName(node) : id;
  };
  if (place.kind === 'node') return text.atNode(nameOf(place.node));
  const wire = wires.get(place.wire);
  return text.into(wire ? wireName(document, wire) : place.wire, nameOf(place.to));
}
