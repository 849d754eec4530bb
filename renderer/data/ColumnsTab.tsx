import { type ColumnSummary, columnTypes, type Overview } from '#data';
import { formatCount } from '../format/numbers.ts';
import { useNumbers } from '../store/index.ts';
import { dataText } from '../strings/en-data.ts';
import type { TrainingControl } from '../training/control.ts';

interface ColumnsTabProps {
  readonly overview: Overview;
  readonly control: TrainingControl;
  readonly busy: boolean;
}

/** What the columns hold, in figures; a table's types can be chosen. */
export function ColumnsTab({ overview, control, busy }: ColumnsTabProps) {
  const numbers = useNumbers();
  // The columns of a built-in set are what they are.
  const isTable = overview.isTable && control.data.settings().set == null;
  const figures = ({ numbers: found }: ColumnSummary) =>
    [found?.low, found?.high, found?.mean, found?.deviation].map((x) =>
      x === undefined ? '' : numbers.format(x),
    );
  const { low, high, mean, deviation } = {
    low: dataText.least,
    high: dataText.most,
    mean: dataText.mean,
    deviation: dataText.deviation,
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section className="data-scroll" tabIndex={0} aria-label={dataText.tabs.columns}>
      <table className="data-table numeric">
        <thead>
          <tr>
            <th scope="col" data-text="true">
              {dataText.column}
            </th>
            <th scope="col" data-text="true">
              {dataText.type}
            </th>
            {[low, high, mean, deviation, dataText.gaps, dataText.different].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {overview.columns.map((column) => (
            <tr key={column.name} data-ignored={column.type === 'ignore'}>
              <th scope="row" data-text="true">
                {column.name}
                {column.name === overview.target && (
                  <span className="target-mark">{dataText.target}</span>
                )}
              </th>
              <td data-text="true">
                {isTable ? (
                  <select
                    className="choice"
                    aria-label={dataText.typeOf(column.name)}
                    value={column.type}
                    disabled={busy}
                    onChange={(event) => {
                      const type = columnTypes.find((one) => one === event.target.value);
                      if (!type) return;
                      const { columns } = control.data.settings();
                      control.data.change({ columns: { ...columns, [column.name]: type } });
                    }}
                  >
                    {columnTypes.map((type) => (
                      <option key={type} value={type}>
                        {dataText.types[type]}
                      </option>
                    ))}
                  </select>
                ) : (
                  dataText.types[column.type]
                )}
              </td>
              {figures(column).map((text, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the four figures never change places
                <td key={at}>{text}</td>
              ))}
              <td>{column.missing === 0 ? '' : formatCount(column.missing)}</td>
              <td>{column.classes === undefined ? '' : formatCount(column.classes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
