import type { EngineFigure } from '#train';
import { formatNumber } from '../format/numbers.ts';
import { engines as text } from '../strings/en-engines.ts';
import type { TrainingControl } from './control.ts';
import { useTraining } from './use-view.ts';
import './engine-figures.css';

/** What was found out about the engines when the run began, or since: which one is at work, and why. */
export function EngineFigures({ control }: { readonly control: TrainingControl }) {
  const choice = useTraining(control, (view) => view.engines);
  const check = useTraining(control, (view) => view.check);
  if (!choice) return null;
  const { figures, chosen } = choice;
  return (
    <>
      <table className="engine-figures" aria-label={text.label}>
        <thead>
          <tr>
            <th scope="col">{text.engine}</th>
            <th scope="col" title={text.stepHint}>
              {text.step}
            </th>
            <th scope="col">{text.on}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <Row key={figure.engine} figure={figure} isChosen={figure.engine === chosen} />
          ))}
        </tbody>
      </table>
      {check?.magnified !== undefined && <p className="note engine-note">{text.magnified}</p>}
    </>
  );
}

function Row({ figure, isChosen }: { readonly figure: EngineFigure; readonly isChosen: boolean }) {
  const { engine, milliseconds, device, state, message } = figure;
  const isReady = state === 'ready';
  return (
    <tr data-state={isChosen ? 'chosen' : state} title={message ?? device}>
      <th scope="row">{text.names[engine]}</th>
      <td>{milliseconds === undefined ? '–' : formatNumber(milliseconds, 2)}</td>
      <td>
        {isReady ? device : text.states[state]}
        {isChosen && (
          <span role="img" aria-label={text.chosen}>
            ✓
          </span>
        )}
      </td>
    </tr>
  );
}
