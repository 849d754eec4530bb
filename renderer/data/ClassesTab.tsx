import type { Overview } from '#data';
import { formatCount } from '../format/numbers.ts';
import { dataText } from '../strings/en-data.ts';

/** How many examples each class has in every part. */
export function ClassesTab({ overview }: { readonly overview: Overview }) {
  const { classNames = [], parts } = overview;
  const most = Math.max(1, ...parts.flatMap(({ classCounts = [] }) => classCounts));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section className="data-scroll" tabIndex={0} aria-label={dataText.tabs.classes}>
      <table className="data-table class-table numeric">
        <thead>
          <tr>
            <th scope="col" data-text="true">
              {dataText.class}
            </th>
            {parts.map(({ part }) => (
              <th key={part} scope="col" data-text="true">
                {dataText.partNames[part]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classNames.map((name, at) => (
            <tr key={name}>
              <th scope="row" data-text="true">
                {name}
              </th>
              {parts.map(({ part, classCounts }) => {
                const count = classCounts?.[at] ?? 0;
                return (
                  <td key={part} data-text="true">
                    <span className="class-bar" data-part={part}>
                      <span style={{ width: `${(100 * count) / most}%` }} />
                    </span>
                    {count === 0 ? dataText.empty : formatCount(count)}
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
