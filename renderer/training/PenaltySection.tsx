import { strings } from '../strings/en.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import type { SectionProps } from './section.ts';

/** What is done to the gradient before the optimizer gets it. */
export function PenaltySection({ settings, busy, onChange }: SectionProps) {
  const text = strings.training;
  const notNegative = (x: number) => (x >= 0 ? undefined : text.notNegative);
  const positive = (x: number) => (x > 0 ? undefined : text.positive);
  return (
    <section className="settings-section">
      <h2 className="heading">{text.gradient}</h2>
      <NumberField
        label={text.weightDecay}
        value={settings.weightDecay}
        disabled={busy}
        problemOf={notNegative}
        onChange={(weightDecay) => onChange({ weightDecay })}
      />
      <NumberField
        label={text.l1}
        value={settings.l1}
        disabled={busy}
        problemOf={notNegative}
        onChange={(l1) => onChange({ l1 })}
      />
      <ChoiceField
        label={text.penalties}
        value={settings.decoupled ? 'decoupled' : 'loss'}
        options={['loss', 'decoupled']}
        disabled={busy}
        textOf={(way) => text.decoupled[way]}
        onChange={(way) => onChange({ decoupled: way === 'decoupled' })}
      />
      <NumberField
        label={text.clipNorm}
        value={settings.clipNorm}
        disabled={busy}
        problemOf={positive}
        onChange={(clipNorm) => onChange({ clipNorm })}
        empty={{ text: text.off, choose: () => onChange({ clipNorm: null }) }}
      />
      <NumberField
        label={text.clipValue}
        value={settings.clipValue}
        disabled={busy}
        problemOf={positive}
        onChange={(clipValue) => onChange({ clipValue })}
        empty={{ text: text.off, choose: () => onChange({ clipValue: null }) }}
      />
    </section>
  );
}
