import { defaultTraining, type Training } from '#graph';
import { DataDialog, DataSection } from '../data/index.ts';
import { formatNumber } from '../format/numbers.ts';
import { useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { isUnderWay, type TrainingControl } from './control.ts';
import { EngineFigures } from './EngineFigures.tsx';
import { OptimizerSection } from './OptimizerSection.tsx';
import { ParameterSection } from './ParameterSection.tsx';
import { PenaltySection } from './PenaltySection.tsx';
import { RunSection } from './RunSection.tsx';
import { RecentRuns } from './runs/RecentRuns.tsx';
import { ScheduleSection } from './ScheduleSection.tsx';
import { useTraining } from './use-view.ts';
import './training.css';

interface ControlProps {
  readonly control: TrainingControl;
}

/** What a run is made of: data, optimizer, length, engine. */
export function TrainingSettings({ control }: ControlProps) {
  const text = strings.training;
  const busy = useTraining(control, isUnderWay);
  const check = useTraining(control, (view) => view.check);
  const settings: Training = useEditorShallow(({ editor }) => ({
    ...defaultTraining,
    ...editor.document.training,
  }));
  const onChange = (change: Partial<Training>) => control.change(change);
  return (
    <aside className="training-settings" aria-label={text.label}>
      <DataSection control={control} busy={busy} />
      <OptimizerSection {...{ settings, busy, onChange }} />
      <ScheduleSection {...{ settings, busy, onChange }} />
      <PenaltySection {...{ settings, busy, onChange }} />
      <RunSection {...{ control, settings, busy, onChange }} />
      <EngineFigures control={control} />
      <ParameterSection busy={busy} />
      {check && (
        <p className="note check-note">
          {text.check(formatNumber(check.difference, 2))} <span aria-hidden="true">✓</span>
        </p>
      )}
      <RecentRuns control={control} />
      <DataDialog control={control} />
    </aside>
  );
}
