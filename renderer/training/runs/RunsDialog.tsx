import { Dialog } from '@base-ui/react/dialog';
import { FileInput, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { shownName } from '../../app/shown-name.ts';
import { useEditor } from '../../store/index.ts';
import { runs as text } from '../../strings/en-runs.ts';
import type { TrainingControl } from '../control.ts';
import { useTraining } from '../use-view.ts';
import { Comparison } from './Comparison.tsx';
import { RunRow } from './RunRow.tsx';
import type { RunRecord } from './record.ts';
import { runsDialog } from './runs-dialog.ts';
import { useRuns } from './use-runs.ts';
import './runs.css';

interface RunsDialogProps {
  readonly control: TrainingControl;
}

/** All runs that were kept: the list beside the plot of those that are checked. */
export function RunsDialog({ control }: RunsDialogProps) {
  const open = useStore(runsDialog, (state) => state.open);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => runsDialog.setState({ open: next })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog runs-dialog">
          <header className="runs-head">
            <Dialog.Title className="dialog-title">{text.title}</Dialog.Title>
            <button type="button" className="button" onClick={() => void control.importRun()}>
              <FileInput size={15} aria-hidden="true" />
              {text.importIt}
            </button>
            <Dialog.Close className="button icon" aria-label={text.close} title={text.close}>
              <X size={18} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <Content control={control} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Content({ control }: RunsDialogProps) {
  // Other windows keep runs too.
  useEffect(() => void control.runs.load(), [control]);
  const document = useEditor(shownName);
  const records = useRuns(control, (view) => view.records);
  const problem = useRuns(control, (view) => view.problem);
  const notice = useTraining(control, (view) => view.notice);
  const compared = useStore(runsDialog, (state) => state.compared);
  const own = records.filter((record) => record.document === document);
  const others = records.filter((record) => record.document !== document);
  const chosen = compared.flatMap((id) => records.find((record) => record.id === id) ?? []);
  const said = notice ?? problem;
  return (
    <>
      {said && (
        <p className="run-note" data-tone="warning" role="status">
          {said}
        </p>
      )}
      {records.length === 0 ? (
        <p className="quiet-text">{text.none}</p>
      ) : (
        <div className="runs-body">
          <div className="runs-list">
            <List title={text.ofDocument(document)} records={own} control={control} />
            <List title={text.ofOthers} records={others} control={control} />
          </div>
          <Comparison records={chosen} />
        </div>
      )}
    </>
  );
}

interface ListProps extends RunsDialogProps {
  readonly title: string;
  readonly records: readonly RunRecord[];
}

function List({ title, records, control }: ListProps) {
  if (records.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="heading">{title}</h2>
      <ul>
        {records.map((record) => (
          <RunRow key={record.id} record={record} control={control} />
        ))}
      </ul>
    </section>
  );
}
