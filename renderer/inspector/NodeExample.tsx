import type { Operation } from '#ops';
import type { ArrayValue } from '#tensor';
import { nameLatex } from '../format/names.ts';
import { describeNested, formatBadge } from '../format/tensors.ts';
import { useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { Formula } from '../ui/Formula.tsx';
import { HeatMap } from '../ui/HeatMap.tsx';
import { MathName } from '../ui/MathName.tsx';
import { attributeText } from './attributes.ts';
import { exampleOf } from './example.ts';

const text = inspecting.help;

/** What the output of an example is called, and a number of it on its way back. */
const out = 'y';

/** Larger tensors are shown as pictures. */
const mostWritten = 12;

/** The operation carried out on a few numbers: what goes in, what comes out, what flows back. */
export function NodeExample({ operation }: { readonly operation: Operation }) {
  const example = exampleOf(operation);
  if (!example) return null;
  const { attrs, inputs, output, upstream } = example;
  const names = Object.fromEntries(inputs.map(({ port }) => [port, nameLatex(port)]));
  const given = Object.entries(operation.sample.attrs ?? {}).map(
    ([name, value]) => `${strings.attributes[name] ?? name} ${attributeText(value)}`,
  );
  const batched = inputs.some(({ value }) => value.batched);
  return (
    <section className="example" data-testid="example">
      <h3 className="heading">{text.example}</h3>
      <Formula
        className="local-gradient"
        latex={`${out} = ${operation.latex.forward(names, attrs)}`}
      />
      {given.length > 0 && <p className="quiet-text numeric">{given.join(' · ')}</p>}
      <table className="example-table numeric">
        <thead>
          <tr>
            <td />
            <th scope="col">{text.value}</th>
            <th scope="col">{text.gradient}</th>
          </tr>
        </thead>
        <tbody>
          {inputs.map(({ port, value, gradient }) => (
            <Row key={port} name={port} value={value} gradient={gradient} />
          ))}
          <Row name={out} value={output} gradient={upstream} />
        </tbody>
      </table>
      <p className="quiet-text">
        {text.upstream(out)} {batched && text.perExample}
      </p>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly value: ArrayValue;
  readonly gradient: ArrayValue | null;
}

function Row({ name, value, gradient }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <MathName name={name} />
      </th>
      <td className="value">
        <Shown value={value} tone="value" />
      </td>
      <td className="gradient">
        {gradient ? <Shown value={gradient} tone="gradient" /> : strings.canvas.noGradient}
      </td>
    </tr>
  );
}

interface ShownProps {
  readonly value: ArrayValue;
  readonly tone: 'value' | 'gradient';
}

function Shown({ value, tone }: ShownProps) {
  const numbers = useNumbers();
  if (value.data.data.length <= mostWritten) {
    // Each row on a line of its own.
    return describeNested(value.data, numbers, 3).replaceAll('], [', '],\n[');
  }
  return (
    <>
      <HeatMap array={value.data} tone={tone} width={96} height={48} />
      {formatBadge(value)}
    </>
  );
}
