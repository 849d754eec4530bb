import { defaultTraining, type Training } from '#graph';
import { engineNames } from '#train';
import { DataSection } from '../data/DataSection.tsx';
import { formatNumber } from '../format/numbers.ts';
import { useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { isUnderWay, type TrainingControl } from './control.ts';
import { EngineFigures } from './EngineFigures.tsx';
import { OptimizerSection } from './OptimizerSection.tsx';
import { PenaltySection } from './PenaltySection.tsx';
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
  const engine = useTraining(control, (view) => view.engine);
  const used = useTraining(control, (view) => view.report?.engine);
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
      <section className="settings-section">
        <h2 className="heading">{text.run}</h2>
        <NumberField
          label={text.batch}
          value={settings.batchSize}
          disabled={busy}
          problemOf={(x) => (Number.isInteger(x) && x > 0 ? undefined : text.whole)}
          onChange={(batchSize) => onChange({ batchSize })}
        />
        <NumberField
          label={text.epochs}
          value={settings.epochs}
          disabled={busy}
          problemOf={(x) => (Number.isInteger(x) && x > 0 ? undefined : text.whole)}
          onChange={(epochs) => onChange({ epochs })}
        />
        <NumberField
          label={text.seed}
          value={settings.seed}
          disabled={busy}
          problemOf={(x) => (Number.isInteger(x) ? undefined : text.wholeFromZero)}
          onChange={(seed) => onChange({ seed })}
        />
        <NumberField
          label={text.patience}
          value={settings.patience}
          disabled={busy}
          problemOf={(x) => (Number.isInteger(x) && x > 0 ? undefined : text.whole)}
          onChange={(patience) => onChange({ patience })}
          empty={{ text: text.off, choose: () => onChange({ patience: null }) }}
        />
        <ChoiceField
          label={text.engine}
          value={engine}
          options={engineNames}
          disabled={busy}
          textOf={(name) =>
            name === 'auto' && used ? `${text.engines.auto} · ${used}` : text.engines[name]
          }
          onChange={(name) => control.chooseEngine(name)}
        />
      </section>
      <EngineFigures control={control} />
      {check && (
        <p className="note check-note">
          {text.check(formatNumber(check.difference, 2))} <span aria-hidden="true">✓</span>
        </p>
      )}
    </aside>
  );
}
