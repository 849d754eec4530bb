import { FileText, FolderOpen, Table2 } from 'lucide-react';
import { builtInSets } from '#data';
import { dataText } from '../strings/en-data.ts';
import type { TrainingControl } from '../training/control.ts';
import { useTraining } from '../training/use-view.ts';
import { builtInFolder } from './built-in.ts';
import { dataView } from './looker.ts';

interface DataSectionProps {
  readonly control: TrainingControl;
  readonly busy: boolean;
}

const builtIn = builtInSets.flatMap((set) => builtInFolder(set) ?? []);

/** Which data are trained on: built in, found, or chosen. */
export function DataSection({ control, busy }: DataSectionProps) {
  const datasets = useTraining(control, (view) => view.datasets);
  const dataset = useTraining(control, (view) => view.dataset);
  return (
    <section className="settings-section">
      <h2 className="heading">{dataText.section}</h2>
      <div className="field">
        <label htmlFor="training-data">{dataText.set}</label>
        <select
          id="training-data"
          className="choice"
          value={dataset?.ref ?? ''}
          disabled={busy}
          onChange={(event) => {
            const { value } = event.target;
            const chosen = [...datasets, ...builtIn].find(({ ref }) => ref === value);
            if (chosen) control.data.choose(chosen);
          }}
        >
          {!dataset && <option value="">{dataText.none}</option>}
          {datasets.length > 0 && (
            <optgroup label={dataText.chosen}>
              {datasets.map(({ ref, name }) => (
                <option key={ref} value={ref}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label={dataText.builtIn}>
            {builtInSets.map((set) => (
              <option key={set} value={builtInFolder(set)?.ref}>
                {dataText.sets[set]}
              </option>
            ))}
          </optgroup>
        </select>
      </div>
      <div className="data-buttons">
        <button
          type="button"
          className="button"
          disabled={busy}
          title={dataText.formats}
          onClick={() => void control.data.browse('folder')}
        >
          <FolderOpen size={15} aria-hidden="true" />
          {dataText.chooseFolder}
        </button>
        <button
          type="button"
          className="button"
          disabled={busy}
          title={dataText.formats}
          onClick={() => void control.data.browse('file')}
        >
          <FileText size={15} aria-hidden="true" />
          {dataText.chooseFile}
        </button>
      </div>
      <button
        type="button"
        className="button"
        disabled={!dataset}
        onClick={() => dataView.setState({ isOpen: true })}
      >
        <Table2 size={15} aria-hidden="true" />
        {dataText.look}
      </button>
    </section>
  );
}
