import type { Page } from '#data';
import { formatCount } from '../format/numbers.ts';
import { useNumbers } from '../store/index.ts';
import { dataText } from '../strings/en-data.ts';

/** Examples row by row. */
export function ExampleTable({ page }: { readonly page: Page }) {
  const numbers = useNumbers();
  const { columns = [], values, from, count } = page;
  const textOf = (row: number, column: number): string => {
    const value = values?.[row * columns.length + column] ?? Number.NaN;
    if (Number.isNaN(value)) return dataText.missing;
    return columns[column]?.classNames?.[value] ?? numbers.format(value);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section className="data-scroll" tabIndex={0} aria-label={dataText.tabs.examples}>
      <table className="data-table numeric">
        <thead>
          <tr>
            <th scope="col">{dataText.number}</th>
            {columns.map(({ name, classNames }) => (
              <th key={name} scope="col" data-text={classNames !== undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, row) => from + row).map((example) => (
            <tr key={example}>
              <th scope="row">{formatCount(example + 1)}</th>
              {columns.map(({ name, classNames }, column) => {
                const text = textOf(example - from, column);
                return (
                  <td
                    key={name}
                    data-text={classNames !== undefined}
                    data-missing={text === dataText.missing}
                  >
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
