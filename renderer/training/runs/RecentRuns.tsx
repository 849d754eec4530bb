import { ChartLine } from 'lucide-react';
import { shownName } from '../../app/shown-name.ts';
import { formatNumber, formatPercent } from '../../format/numbers.ts';
import { useEditor } from '../../store/index.ts';
import { runs as text } from '../../strings/en-runs.ts';
import type { TrainingControl } from '../control.ts';
import { resultOf } from './record.ts';
import { runsDialog } from './runs-dialog.ts';
import { useRuns } from './use-runs.ts';
import './runs.css';

/** More are in the dialog. */
const shown = 4;

/** The last runs of the document, with what they came to. */
export function RecentRuns({ control }: { readonly control: TrainingControl }) {
  const document = useEditor(shownName);
  const records = useRuns(control, (view) => view.records);
  const own = records.filter((record) => record.document === document);
  if (records.length === 0) return null;
  return (
    <section className="settings-section recent-runs">
      <h2 className="heading">{text.title}</h2>
      <ul>
        {own.slice(0, shown).map((record) => {
          const { loss, accuracy } = resultOf(record);
          return (
            <li key={record.id} data-standing={record.standing}>
              <span className="run-dot" aria-hidden="true" />
              <span className="run-name">{record.name}</span>
              <span className="quiet-text numeric">
                {accuracy !== undefined
                  ? formatPercent(accuracy)
                  : loss === undefined
                    ? text.standings[record.standing]
                    : text.loss(formatNumber(loss, 3))}
              </span>
            </li>
          );
        })}
      </ul>
      <button type="button" className="button" onClick={() => runsDialog.setState({ open: true })}>
        <ChartLine size={15} aria-hidden="true" />
        {text.all}
      </button>
    </section>
  );
}
