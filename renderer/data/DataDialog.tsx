import { Dialog } from '@base-ui/react/dialog';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Overview } from '#data';
import { formatCount } from '../format/numbers.ts';
import { useEditor, useServices } from '../store/index.ts';
import { dataText } from '../strings/en-data.ts';
import { isUnderWay, type TrainingControl } from '../training/control.ts';
import { useTraining } from '../training/use-view.ts';
import { Segments } from '../training/views/Segments.tsx';
import { ClassesTab } from './ClassesTab.tsx';
import { ColumnsTab } from './ColumnsTab.tsx';
import { ExamplesTab } from './ExamplesTab.tsx';
import { type DataTab, dataLooker, dataView, tabsOf } from './looker.ts';
import { Preparation } from './Preparation.tsx';
import { ScatterTab } from './ScatterTab.tsx';
import './data.css';

/** The data that are chosen: what is in them, and what is done to them before they are trained on. */
export function DataDialog({ control }: { readonly control: TrainingControl }) {
  const isOpen = useStore(dataView, (view) => view.isOpen);
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => (open ? dataView.setState({ isOpen: true }) : dataLooker.close())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog data-dialog" data-testid="data">
          <Body control={control} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Body({ control }: { readonly control: TrainingControl }) {
  const { host } = useServices();
  const dataset = useTraining(control, (view) => view.dataset);
  const busy = useTraining(control, isUnderWay);
  const settings = useEditor(({ editor }) => editor.document.training?.data);
  const { overview, problem, isReading } = useStore(dataView);
  useEffect(() => {
    if (!dataset) return;
    const { name, ref } = dataset;
    const files = dataset.files.map((file) => ({
      ...file,
      url: host.datasets.url(ref, file.name),
    }));
    dataLooker.open({ name, files }, settings ?? {});
  }, [dataset, settings, host]);
  return (
    <>
      <header className="data-head">
        <Dialog.Title className="dialog-title">{dataText.title(dataset?.name ?? '')}</Dialog.Title>
        <p className="quiet-text numeric" role="status">
          {isReading ? dataText.reading : overview && countsIn(overview)}
        </p>
        <Dialog.Close className="button">{dataText.close}</Dialog.Close>
      </header>
      <div className="data-body">
        <Preparation control={control} busy={busy} overview={overview} />
        <div className="data-main">
          {problem !== undefined && (
            <p className="note data-problem" role="alert">
              {problem}
            </p>
          )}
          {overview && <Views overview={overview} {...{ control, busy }} />}
        </div>
      </div>
    </>
  );
}

interface ViewsProps {
  readonly overview: Overview;
  readonly control: TrainingControl;
  readonly busy: boolean;
}

function Views({ overview, control, busy }: ViewsProps) {
  const { tab, part } = useStore(dataView);
  const parts = overview.parts.map((one) => one.part);
  return (
    <>
      <div className="data-choices">
        <Segments
          label={dataText.view}
          value={tab}
          options={tabsOf(overview)}
          textOf={(one: DataTab) => dataText.tabs[one]}
          onChange={(one) => dataView.setState({ tab: one })}
        />
        {(tab === 'examples' || tab === 'scatter') && parts.length > 1 && (
          <Segments
            label={dataText.part}
            value={part}
            options={parts}
            textOf={(one) => dataText.partNames[one]}
            onChange={(one) => dataView.setState({ part: one })}
          />
        )}
      </div>
      {overview.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      {tab === 'examples' && <ExamplesTab overview={overview} part={part} />}
      {tab === 'scatter' && <ScatterTab overview={overview} part={part} />}
      {tab === 'columns' && <ColumnsTab overview={overview} control={control} busy={busy} />}
      {tab === 'classes' && <ClassesTab overview={overview} />}
    </>
  );
}

function countsIn({ parts }: Overview): string {
  return parts
    .map(({ part, count }) => dataText.count(formatCount(count), dataText.counts[part]))
    .join(' · ');
}
