import { type OptimizerName, optimizerNames, type Training } from '#graph';
import { strings } from '../strings/en.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import type { SectionProps } from './section.ts';

type Hyperparameter = 'momentum' | 'decay' | 'beta1' | 'beta2' | 'epsilon';

/** What each method wants to know besides the learning rate. */
const hyperparameters: Readonly<Record<OptimizerName, readonly Hyperparameter[]>> = {
  sgd: [],
  momentum: ['momentum'],
  nesterov: ['momentum'],
  adagrad: ['epsilon'],
  rmsprop: ['decay', 'epsilon'],
  adam: ['beta1', 'beta2', 'epsilon'],
};

/** The method with its own numbers, and the learning rate, which may also change during a run. */
export function OptimizerSection({ settings, busy, onChange }: SectionProps) {
  const text = strings.training;
  const problemOf = (name: Hyperparameter) => (x: number) => {
    if (name === 'epsilon') return x > 0 ? undefined : text.positive;
    return x >= 0 && x < 1 ? undefined : text.share;
  };
  return (
    <section className="settings-section">
      <h2 className="heading">{text.optimizer}</h2>
      <ChoiceField
        label={text.method}
        value={settings.optimizer}
        options={optimizerNames}
        disabled={busy}
        textOf={(name) => text.methods[name]}
        onChange={(optimizer) => onChange({ optimizer })}
      />
      <NumberField
        label={text.learningRate}
        value={settings.learningRate}
        problemOf={(x) => (x > 0 ? undefined : text.positive)}
        onChange={(learningRate) => onChange({ learningRate })}
      />
      {hyperparameters[settings.optimizer].map((name) => (
        <NumberField
          key={name}
          label={text.hyperparameters[name]}
          value={settings[name]}
          disabled={busy}
          problemOf={problemOf(name)}
          onChange={(value) => onChange({ [name]: value } satisfies Partial<Training>)}
        />
      ))}
    </section>
  );
}
