import { ArrowRightToLine, FileOutput, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { defaultTraining } from '#graph';
import { formatNumber, formatPercent } from '../../format/numbers.ts';
import { useEditor } from '../../store/index.ts';
import { runs as text } from '../../strings/en-runs.ts';
import { isUnderWay, type TrainingControl } from '../control.ts';
import { useTraining } from '../use-view.ts';
import { type RunRecord, resultOf } from './record.ts';
import { hasMore } from './resuming.ts';
import { runsDialog } from './runs-dialog.ts';
import { Swatch } from './Swatch.tsx';

interface RunRowProps {
  readonly record: RunRecord;
  readonly control: TrainingControl;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** One run: what it was, what it came to, and what can be done with it. */
export function RunRow({ record, control }: RunRowProps) {
  const [mode, setMode] = useState<'shown' | 'renaming' | 'removing'>('shown');
  const { id, name } = record;
  const compared = useStore(runsDialog, (state) => state.compared);
  const place = compared.indexOf(id);
  const toggle = () =>
    runsDialog.setState({
      compared: place < 0 ? [...compared, id] : compared.filter((other) => other !== id),
    });
  const rename = (next: string) => {
    control.runs.rename(id, next);
    setMode('shown');
  };
  return (
    <li className="run-row" data-standing={record.standing} data-testid="run-row">
      <div className="run-title">
        <input
          type="checkbox"
          aria-label={text.compare(name)}
          checked={place >= 0}
          onChange={toggle}
        />
        {mode === 'renaming' ? (
          <input
            className="text-field"
            aria-label={text.name}
            defaultValue={name}
            ref={(field) => field?.focus()}
            onBlur={(event) => rename(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') rename(event.currentTarget.value);
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setMode('shown');
            }}
          />
        ) : (
          <strong className="run-name">{name}</strong>
        )}
        {place >= 0 && <Swatch place={place} />}
        <span className="run-result numeric">{resultText(record)}</span>
      </div>
      <p className="run-about quiet-text numeric">{aboutText(record)}</p>
      {record.message && <p className="run-about">{record.message}</p>}
      {mode === 'removing' ? (
        <div className="run-tools">
          <span>{text.removeQuestion}</span>
          <button type="button" className="button" onClick={() => void control.runs.remove(id)}>
            {text.remove}
          </button>
          <button type="button" className="button" onClick={() => setMode('shown')}>
            {text.keep}
          </button>
        </div>
      ) : (
        <Tools record={record} control={control} setMode={setMode} />
      )}
    </li>
  );
}

interface ToolsProps extends RunRowProps {
  setMode(mode: 'renaming' | 'removing'): void;
}

function Tools({ record, control, setMode }: ToolsProps) {
  const busy = useTraining(control, isUnderWay);
  const epochs =
    useEditor(({ editor }) => editor.document.training?.epochs) ?? defaultTraining.epochs;
  const { checkpoint, standing } = record;
  const more = hasMore(record, epochs);
  const tool = (label: string, Icon: typeof Pencil, possible: boolean, run: () => void) => (
    <button
      type="button"
      className="button icon quiet"
      aria-label={label}
      title={label}
      disabled={!possible}
      onClick={run}
    >
      <Icon size={15} aria-hidden="true" />
    </button>
  );
  const close = () => runsDialog.setState({ open: false });
  return (
    <div className="run-tools">
      <button
        type="button"
        className="button"
        disabled={busy || !checkpoint || !more}
        title={checkpoint ? (more ? undefined : text.noMore) : text.noState}
        onClick={() => {
          close();
          void control.resumeRun(record);
        }}
      >
        <RotateCcw size={15} aria-hidden="true" />
        {checkpoint ? text.resumeFrom(checkpoint.step) : text.resume}
      </button>
      {tool(text.bringIn, ArrowRightToLine, checkpoint !== null && !busy, () => {
        void control.bringIn(record);
      })}
      {tool(text.exportIt, FileOutput, checkpoint !== null, () => void control.exportRun(record))}
      {tool(text.rename, Pencil, true, () => setMode('renaming'))}
      {tool(text.remove, Trash2, standing !== 'running', () => setMode('removing'))}
    </div>
  );
}

function resultText(record: RunRecord): string {
  const { loss, accuracy } = resultOf(record);
  const parts = [
    ...(accuracy === undefined ? [] : [formatPercent(accuracy)]),
    ...(loss === undefined ? [] : [text.loss(formatNumber(loss, 3))]),
  ];
  return text.about(parts);
}

function aboutText({ settings, dataset, engine, standing, last, startedAt }: RunRecord): string {
  return text.about([
    day.format(startedAt),
    text.standings[standing],
    ...(last ? [text.epochs(last.epoch, settings.epochs)] : []),
    text.batch(settings.batchSize),
    text.seed(settings.seed),
    dataset,
    ...(engine === null ? [] : [engine]),
  ]);
}
