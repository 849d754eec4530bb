import { ChevronLeft, ChevronRight, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Overview, PartName } from '#data';
import { formatCount } from '../format/numbers.ts';
import { dataText } from '../strings/en-data.ts';
import { Segments } from '../training/views/Segments.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { ExampleTable } from './ExampleTable.tsx';
import { ImageGrid } from './ImageGrid.tsx';
import { useAnswer } from './use-answer.ts';

/** On one page. */
const imagesShown = 120;
const rowsShown = 100;

interface ExamplesTabProps {
  readonly overview: Overview;
  readonly part: PartName;
}

/** The examples themselves, a page at a time: as images where they are such, else in a table. */
export function ExamplesTab({ overview, part }: ExamplesTabProps) {
  const [from, setFrom] = useState(0);
  /** Undefined: as they were read. */
  const [epoch, setEpoch] = useState<number>();
  const count = overview.parts.find((one) => one.part === part)?.count ?? 0;
  const step = overview.image ? imagesShown : rowsShown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other examples begin at the first
  useEffect(() => setFrom(0), [part, count]);
  const page = useAnswer({ kind: 'page', part, from, count: step, epoch })?.page;
  const goTo = (example: number) => setFrom(Math.floor((example - 1) / step) * step);
  return (
    <>
      <div className="data-choices">
        <Segments
          label={dataText.shown}
          value={epoch === undefined ? 'read' : 'trained'}
          options={['read', 'trained'] as const}
          textOf={(one) => (one === 'read' ? dataText.asRead : dataText.asTrained)}
          onChange={(one) => setEpoch(one === 'read' ? undefined : 1)}
        />
        {epoch !== undefined && overview.image && part === 'train' && (
          <button type="button" className="button" onClick={() => setEpoch(epoch + 1)}>
            <RefreshCw size={14} aria-hidden="true" />
            {dataText.epoch(epoch)}
            <span className="visually-hidden">{dataText.another}</span>
          </button>
        )}
        <div className="data-paging">
          <NumberField
            label={dataText.goTo}
            value={from + 1}
            problemOf={(x) =>
              Number.isInteger(x) && x >= 1 && x <= count ? undefined : dataText.between(1, count)
            }
            onChange={goTo}
          />
          <span className="quiet-text numeric" role="status">
            {dataText.range(
              formatCount(Math.min(from + 1, count)),
              formatCount(Math.min(from + step, count)),
              formatCount(count),
            )}
          </span>
          <button
            type="button"
            className="button icon"
            aria-label={dataText.earlier}
            disabled={from === 0}
            onClick={() => setFrom(Math.max(0, from - step))}
          >
            <ChevronLeft size={16} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="button icon"
            aria-label={dataText.later}
            disabled={from + step >= count}
            onClick={() => setFrom(from + step)}
          >
            <ChevronRight size={16} aria-hidden="true" />
          </button>
        </div>
      </div>
      {page?.pixels && overview.image && <ImageGrid page={page} overview={overview} />}
      {page?.values && <ExampleTable page={page} />}
    </>
  );
}
