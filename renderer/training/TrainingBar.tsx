import { ChartLine, Pause, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { formatCount } from '../format/numbers.ts';
import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { runs as runText } from '../strings/en-runs.ts';
import { isUnderWay, type TrainingControl, type TrainingView } from './control.ts';
import { runsDialog } from './runs/runs-dialog.ts';
import { useRuns } from './runs/use-runs.ts';
import { useTraining } from './use-view.ts';

interface ControlProps {
  readonly control: TrainingControl;
}

/** Start, pause, step, stop, and how far the run is. */
export function TrainingBar({ control }: ControlProps) {
  const text = strings.training;
  const phase = useTraining(control, (view) => view.run.phase);
  const underWay = useTraining(control, isUnderWay);
  const report = useTraining(control, (view) => view.report);
  const sentence = useTraining(control, (view) => sentenceOf(view));
  const beside = useEditor(({ editor }) => editor.document.training?.parameters === 'beside');
  const hasData = useTraining(control, (view) => view.dataset !== undefined);
  const hasLoss = useEditor(({ editor }) => editor.document.loss !== undefined);
  const told = beside && sentence === text.finished ? text.finishedBeside : sentence;
  const said = beside && sentence === text.stopped ? text.stoppedBeside : told;
  const shown = underWay || said ? said : hasData ? text.idle : text.needsData;
  return (
    <section className="bottom-bar training-bar" aria-label={text.bar}>
      <Transport control={control} ready={hasData && hasLoss} />
      <div className="run">
        <div className="run-line">
          <output className="run-sentence numeric" data-phase={phase} data-testid="run-sentence">
            {hasLoss || underWay ? shown : text.needsLoss}
          </output>
          <RunFacts control={control} />
        </div>
        <progress
          className="run-progress"
          aria-label={text.progressLabel}
          max={report?.steps ?? 1}
          value={report?.step ?? 0}
        />
        <RunNotes control={control} />
      </div>
      <div className="run-actions">
        <ResumeButton control={control} />
        <button
          type="button"
          className="button"
          title={runText.openHint}
          onClick={() => runsDialog.setState({ open: true })}
        >
          <ChartLine size={15} aria-hidden="true" />
          {runText.open}
        </button>
      </div>
    </section>
  );
}

function Transport({ control, ready }: ControlProps & { readonly ready: boolean }) {
  const text = strings.training;
  const phase = useTraining(control, (view) => view.run.phase);
  const underWay = useTraining(control, isUnderWay);
  const running = phase === 'running' || phase === 'loading';
  const main = running
    ? { label: text.pause, Icon: Pause, run: () => control.pause() }
    : phase === 'paused'
      ? { label: text.resume, Icon: Play, run: () => control.resume() }
      : { label: text.start, Icon: Play, run: () => control.start() };
  return (
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
      <button
        type="button"
        className="round"
        aria-label={text.step}
        title={text.stepHint}
        disabled={phase === 'loading' || (!underWay && !ready)}
        onClick={() => control.step()}
      >
        <StepForward size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Speed, time left, memory and engine of the run under way. */
function RunFacts({ control }: ControlProps) {
  const text = strings.training;
  const underWay = useTraining(control, isUnderWay);
  const report = useTraining(control, (view) => view.report);
  const memory = useTraining(control, (view) => view.memory);
  if (!report || !underWay) return null;
  const bytes = memory ?? report.memory;
  const facts = [
    text.speed(formatCount(report.examplesPerSecond)),
    text.left(report.secondsLeft),
    ...(bytes === undefined ? [] : [text.memory(Math.round(bytes / 2 ** 20))]),
    report.engine,
  ];
  return (
    <span className="quiet-text numeric" title={text.held(report.tensors)}>
      {facts.join(' · ')}
    </span>
  );
}

/** What a person should know besides: that a run went on by itself, that a checkpoint could not be kept. */
function RunNotes({ control }: ControlProps) {
  const revived = useTraining(control, (view) => view.revived);
  const taken = useTraining(control, (view) => view.engines?.message);
  const problem = useRuns(control, (view) => view.problem);
  return (
    <>
      {taken && (
        <p className="run-note" data-tone="warning" role="status">
          {taken}
        </p>
      )}
      {revived && (
        <p className="run-note" role="status">
          {revived}
        </p>
      )}
      {problem && (
        <p className="run-note" data-tone="warning" role="status">
          {problem}
        </p>
      )}
    </>
  );
}

function ResumeButton({ control }: ControlProps) {
  const text = strings.training;
  // What there is to resume depends on all three.
  useTraining(control, (view) => view.run);
  useEditor(({ editor }) => editor.document.training);
  const step = useRuns(control, () => {
    const record = control.resumable();
    return record && (control.runs.atHand(record.id)?.step ?? record.checkpoint?.step);
  });
  if (step === undefined) return null;
  return (
    <button type="button" className="button" onClick={() => control.resume()}>
      <RotateCcw size={15} aria-hidden="true" />
      {text.resumeFrom(step)}
    </button>
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
