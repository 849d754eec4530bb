import { engineNames } from '#train';
import { strings } from '../strings/en.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import type { TrainingControl } from './control.ts';
import type { SectionProps } from './section.ts';
import { useTraining } from './use-view.ts';

interface RunSectionProps extends SectionProps {
  readonly control: TrainingControl;
}

/** How long a run is, in which order it goes, on what, and what becomes of its parameters. */
export function RunSection({ control, settings, busy, onChange }: RunSectionProps) {
  const text = strings.training;
  const engine = useTraining(control, (view) => view.engine);
  const used = useTraining(control, (view) => view.report?.engine);
  const autoResume = useTraining(control, (view) => view.autoResume);
  const whole = (x: number) => (Number.isInteger(x) && x > 0 ? undefined : text.whole);
  return (
    <section className="settings-section">
      <h2 className="heading">{text.run}</h2>
      <NumberField
        label={text.batch}
        value={settings.batchSize}
        disabled={busy}
        problemOf={whole}
        onChange={(batchSize) => onChange({ batchSize })}
      />
      <NumberField
        label={text.epochs}
        value={settings.epochs}
        disabled={busy}
        problemOf={whole}
        onChange={(epochs) => onChange({ epochs })}
      />
      <ChoiceField
        label={text.order}
        value={settings.shuffle ? 'shuffled' : 'asTheyLie'}
        options={['shuffled', 'asTheyLie']}
        disabled={busy}
        textOf={(order) => text.orders[order]}
        onChange={(order) => onChange({ shuffle: order === 'shuffled' })}
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
        problemOf={whole}
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
      <ChoiceField
        label={text.parameters}
        value={settings.parameters}
        options={['document', 'beside']}
        textOf={(place) => text.places[place]}
        onChange={(parameters) => onChange({ parameters })}
      />
      <ChoiceField
        label={text.afterLoss}
        value={autoResume ? 'resume' : 'ask'}
        options={['ask', 'resume']}
        textOf={(way) => text.afterLosses[way]}
        onChange={(way) => control.setAutoResume(way === 'resume')}
      />
    </section>
  );
}
