import { Pause, Play, Square } from 'lucide-react';
import { formatCount } from '../format/numbers.ts';
import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { isUnderWay, type TrainingControl, type TrainingView } from './control.ts';
import { useTraining } from './use-view.ts';

/** Start, pause, stop, and how far the run is. */
export function TrainingBar({ control }: { readonly control: TrainingControl }) {
  const text = strings.training;
  const phase = useTraining(control, (view) => view.run.phase);
  const underWay = useTraining(control, isUnderWay);
  const hasData = useTraining(control, (view) => view.dataset !== undefined);
  const report = useTraining(control, (view) => view.report);
  const sentence = useTraining(control, (view) => sentenceOf(view));
  const hasLoss = useEditor(({ editor }) => editor.document.loss !== undefined);
  const ready = hasData && hasLoss;
  const running = phase === 'running' || phase === 'loading';
  const main = running
    ? { label: text.pause, Icon: Pause, run: () => control.pause() }
    : phase === 'paused'
      ? { label: text.resume, Icon: Play, run: () => control.resume() }
      : { label: text.start, Icon: Play, run: () => control.start() };
  const shown = underWay || sentence ? sentence : hasData ? text.idle : text.needsData;
  return (
    <section className="bottom-bar training-bar" aria-label={text.bar}>
      <div className="transport">
        <button
          type="button"
          className="round"
          aria-label={text.stop}
          title={text.stop}
          disabled={!underWay}
          onClick={() => control.stop()}
        >
          <Square size={15} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="round main train"
          aria-label={main.label}
          title={main.label}
          disabled={phase === 'loading' || (!underWay && !ready)}
          onClick={main.run}
        >
          <main.Icon size={20} fill="currentColor" strokeWidth={1} aria-hidden="true" />
        </button>
      </div>
      <div className="run">
        <div className="run-line">
          <output className="run-sentence numeric" data-phase={phase} data-testid="run-sentence">
            {hasLoss || underWay ? shown : text.needsLoss}
          </output>
          {report && underWay && (
            <span className="quiet-text numeric">
              {text.speed(formatCount(report.examplesPerSecond))} · {report.engine}
            </span>
          )}
        </div>
        <progress
          className="run-progress"
          aria-label={text.progressLabel}
          max={report?.steps ?? 1}
          value={report?.step ?? 0}
        />
      </div>
    </section>
  );
}

/** The run in one sentence; empty before the first. */
function sentenceOf({ run, report, notice }: TrainingView): string {
  const text = strings.training;
  if (notice) return notice;
  const within = report ? ((report.step - 1) % report.stepsPerEpoch) + 1 : 0;
  const progress = report
    ? text.progress(report.epoch, report.epochs, within, report.stepsPerEpoch)
    : '';
  switch (run.phase) {
    case 'idle':
      return '';
    case 'loading':
      return text.loading;
    case 'running':
      return progress || text.loading;
    case 'paused':
      return progress ? `${text.paused}. ${progress}` : text.paused;
    case 'stopped':
      return run.message ?? text.stopped;
    case 'finished':
      return run.message ?? text.finished;
    case 'failed':
    case 'lost':
      return run.message ?? '';
  }
}
