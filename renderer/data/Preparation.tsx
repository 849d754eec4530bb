import {
  type Augmentation,
  type DataSettings,
  findBuiltIn,
  fullDataSettings,
  isGenerated,
  type Overview,
} from '#data';
import { useEditor } from '../store/index.ts';
import { dataText } from '../strings/en-data.ts';
import { ChoiceField } from '../training/ChoiceField.tsx';
import type { TrainingControl } from '../training/control.ts';
import { useTraining } from '../training/use-view.ts';
import { NumberField } from '../ui/NumberField.tsx';

interface PreparationProps {
  readonly control: TrainingControl;
  readonly busy: boolean;
  readonly overview: Overview | undefined;
}

interface PartProps {
  readonly settings: DataSettings;
  readonly busy: boolean;
  change(settings: Partial<DataSettings>): void;
}

const wholeFrom = (least: number) => (x: number) =>
  Number.isInteger(x) && x >= least ? undefined : dataText.wholeFrom(least);
const share = (x: number) => (x >= 0 && x < 1 ? undefined : dataText.share);

/** What is done to the data before they are trained on; every change is seen at once. */
export function Preparation({ control, busy, overview }: PreparationProps) {
  const given = useEditor(({ editor }) => editor.document.training?.data);
  const settings = fullDataSettings(given ?? {});
  const set = settings.set === null ? undefined : findBuiltIn(settings.set);
  const props: PartProps = { settings, busy, change: (changed) => control.data.change(changed) };
  const isFolder = useTraining(control, ({ dataset }) =>
    (dataset?.files ?? []).some(({ name }) => /\.(png|jpe?g|zip|tar|tgz|gz)$/i.test(name)),
  );
  const isCurve = set === 'line' || set === 'polynomial';
  return (
    <aside className="data-preparation" aria-label={dataText.preparation}>
      {busy && <p className="quiet-text">{dataText.busy}</p>}
      {set && isGenerated(set) && <GeneratedPart {...props} hasOrder={isCurve} />}
      {overview?.isTable && set === undefined && <TablePart {...props} overview={overview} />}
      <SplitPart {...props} />
      <ScalingPart {...props} isImage={overview?.image !== undefined} />
      {overview?.classNames && (
        <section className="settings-section">
          <h3 className="heading">{dataText.labels}</h3>
          <NumberField
            label={dataText.smoothing}
            value={settings.labelSmoothing}
            disabled={busy}
            problemOf={share}
            onChange={(labelSmoothing) => props.change({ labelSmoothing })}
          />
        </section>
      )}
      {overview?.image && <ImagePart {...props} isFolder={isFolder} />}
    </aside>
  );
}

function GeneratedPart({ settings, busy, change, hasOrder }: PartProps & { hasOrder: boolean }) {
  return (
    <section className="settings-section">
      <h3 className="heading">{dataText.generated}</h3>
      <NumberField
        label={dataText.examples}
        value={settings.examples}
        disabled={busy}
        problemOf={wholeFrom(2)}
        onChange={(examples) => change({ examples })}
      />
      <NumberField
        label={dataText.noise}
        value={settings.noise}
        disabled={busy}
        problemOf={(x) => (x >= 0 ? undefined : dataText.between(0, 10))}
        onChange={(noise) => change({ noise })}
        empty={{ text: dataText.usual, choose: () => change({ noise: null }) }}
      />
      {hasOrder && (
        <NumberField
          label={dataText.order}
          value={settings.order}
          disabled={busy}
          problemOf={(x) =>
            Number.isInteger(x) && x >= 1 && x <= 20 ? undefined : dataText.between(1, 20)
          }
          onChange={(order) => change({ order })}
        />
      )}
    </section>
  );
}

function TablePart({ settings, busy, change, overview }: PartProps & { overview: Overview }) {
  const used = overview.columns.filter(({ type }) => type !== 'ignore').map(({ name }) => name);
  return (
    <section className="settings-section">
      <h3 className="heading">{dataText.table}</h3>
      <ChoiceField
        label={dataText.target}
        value={overview.target ?? ''}
        options={used}
        disabled={busy}
        textOf={(name) => name}
        onChange={(target) => change({ target })}
      />
      <ChoiceField
        label={dataText.rowsWithGaps}
        value={settings.missing}
        options={['fill', 'drop'] as const}
        disabled={busy}
        textOf={(one) => dataText.missings[one]}
        onChange={(missing) => change({ missing })}
      />
      <ChoiceField
        label={dataText.categories}
        value={settings.categories}
        options={['one-hot', 'index'] as const}
        disabled={busy}
        textOf={(one) => dataText.categoryForms[one]}
        onChange={(categories) => change({ categories })}
      />
    </section>
  );
}

function SplitPart({ settings, busy, change }: PartProps) {
  const { fold } = settings;
  return (
    <section className="settings-section">
      <h3 className="heading">{dataText.split}</h3>
      <NumberField
        label={dataText.validation}
        value={settings.validation}
        disabled={busy || fold !== null}
        problemOf={share}
        onChange={(validation) => change({ validation })}
        empty={{ text: dataText.automatic, choose: () => change({ validation: null }) }}
      />
      <NumberField
        label={dataText.folds}
        value={fold?.of ?? null}
        disabled={busy}
        problemOf={wholeFrom(2)}
        onChange={(of) => change({ fold: { part: Math.min(fold?.part ?? 1, of), of } })}
        empty={{ text: dataText.noFolds, choose: () => change({ fold: null }) }}
      />
      {fold && (
        <NumberField
          label={dataText.fold}
          value={fold.part}
          disabled={busy}
          problemOf={(x) =>
            Number.isInteger(x) && x >= 1 && x <= fold.of ? undefined : dataText.between(1, fold.of)
          }
          onChange={(part) => change({ fold: { ...fold, part } })}
        />
      )}
      <NumberField
        label={dataText.limit}
        value={settings.limit}
        disabled={busy}
        problemOf={wholeFrom(1)}
        onChange={(limit) => change({ limit })}
        empty={{ text: dataText.all, choose: () => change({ limit: null }) }}
      />
      <NumberField
        label={dataText.seed}
        value={settings.seed}
        disabled={busy}
        problemOf={(x) => (Number.isInteger(x) ? undefined : dataText.wholeFrom(0))}
        onChange={(seed) => change({ seed })}
      />
    </section>
  );
}

function ScalingPart({ settings, busy, change, isImage }: PartProps & { isImage: boolean }) {
  return (
    <section className="settings-section">
      <h3 className="heading">{dataText.scaling}</h3>
      <ChoiceField
        label={dataText.method}
        value={settings.scaling}
        options={['none', 'mean', 'standard', 'min-max'] as const}
        disabled={busy}
        textOf={(one) => dataText.scalings[one]}
        onChange={(scaling) => change({ scaling })}
      />
      {isImage && settings.scaling !== 'none' && (
        <ChoiceField
          label={dataText.per}
          value={settings.per}
          options={['feature', 'channel'] as const}
          disabled={busy}
          textOf={(one) => dataText.pers[one]}
          onChange={(per) => change({ per })}
        />
      )}
    </section>
  );
}

function ImagePart({ settings, busy, change, isFolder }: PartProps & { isFolder: boolean }) {
  const { augmentation } = settings;
  const augment = (changed: Partial<Augmentation>) =>
    change({ augmentation: { ...augmentation, ...changed } });
  const most = { crop: 64, shift: 64, rotation: 180, colour: 0.99 } as const;
  return (
    <section className="settings-section">
      <h3 className="heading">{dataText.augmentation}</h3>
      <label className="check-field">
        <input
          type="checkbox"
          checked={augmentation.flip}
          disabled={busy}
          onChange={(event) => augment({ flip: event.target.checked })}
        />
        {dataText.flip}
      </label>
      {(['crop', 'shift', 'rotation', 'colour'] as const).map((name) => (
        <NumberField
          key={name}
          label={dataText[name]}
          value={augmentation[name]}
          disabled={busy}
          problemOf={(x) => {
            const isWhole = name === 'rotation' || name === 'colour' || Number.isInteger(x);
            return isWhole && x >= 0 && x <= most[name]
              ? undefined
              : dataText.between(0, most[name]);
          }}
          onChange={(value) => augment({ [name]: value })}
        />
      ))}
      {isFolder && (
        <NumberField
          label={dataText.imageSize}
          value={settings.imageSize}
          disabled={busy}
          problemOf={wholeFrom(1)}
          onChange={(imageSize) => change({ imageSize })}
          empty={{ text: dataText.automatic, choose: () => change({ imageSize: null }) }}
        />
      )}
    </section>
  );
}
