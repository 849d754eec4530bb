import { Dices } from 'lucide-react';
import { useId, useState } from 'react';
import { isNdArray } from '../format/held.ts';
import { parseShape, shapeText } from '../format/parse-shape.ts';
import { parseValue } from '../format/parse-value.ts';
import { formatNested } from '../format/tensors.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import {
  type Attribute,
  attributeText,
  mixed,
  numbersText,
  readAttribute,
  readNumbers,
  sharedValue,
  type Variant,
} from './attributes.ts';
import { TextField } from './TextField.tsx';

interface FieldProps {
  readonly label: string;
  /** What each of the nodes has, one or several. */
  readonly values: readonly unknown[];
  /** Gives every node what follows from what it has; a sentence where that does not do. */
  set(change: (held: unknown) => unknown): string | undefined;
}

interface AttributeFieldProps extends FieldProps {
  readonly attribute: Attribute;
}

/** Longer values are numbers nobody types. */
const mostTyped = 200;

/** The control that fits one attribute, of one node or of several at once. */
export function AttributeField({ attribute, label, values, set }: AttributeFieldProps) {
  const { control } = attribute;
  const shared = sharedValue(values);
  const typed = (text: string, read: (typed: string) => unknown) => (
    <TextField
      label={label}
      value={text}
      {...(shared === mixed ? { placeholder: inspecting.mixed } : {})}
      commit={(next) => set(() => read(next))}
    />
  );
  const written = shared === mixed ? undefined : shared;
  switch (control.kind) {
    case 'switch':
      return <Switch label={label} value={shared} set={set} />;
    case 'choice': {
      const options = control.options.map(String);
      const chosen = shared === mixed ? mixed : String(shared);
      const choose = (name: string) =>
        set(() => control.options.find((option) => String(option) === name));
      return <Choice label={label} value={chosen} options={options} set={choose} />;
    }
    case 'text':
      return typed(attributeText(written), (text) => text.trim() || undefined);
    case 'number':
    case 'json':
      return typed(withMinus(attributeText(written)), readAttribute);
    case 'numbers':
      return typed(withMinus(numbersText(written)), readNumbers);
    case 'seed':
      return (
        <div className="with-button">
          {typed(withMinus(attributeText(written)), readAttribute)}
          <NewSeed set={set} />
        </div>
      );
    case 'shape':
      return <ShapeField label={label} value={shared} set={set} />;
    case 'tensor':
      return <TensorField label={label} value={shared} set={set} />;
    case 'variants':
      return (
        <Variants
          label={label}
          tag={control.tag}
          variants={control.variants}
          values={values}
          set={set}
        />
      );
  }
}

interface SharedProps extends Pick<FieldProps, 'label' | 'set'> {
  /** What all nodes have, or `mixed`. */
  readonly value: unknown;
}

function Switch({ label, value, set }: SharedProps) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="checkbox"
        className="switch"
        checked={value === true}
        ref={(box) => {
          if (box) box.indeterminate = value === mixed;
        }}
        onChange={({ target }) => setProblem(set(() => target.checked))}
      />
      <Problem text={problem} />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | typeof mixed;
  readonly options: readonly string[];
  /** What an empty choice is called, where there may be one. */
  readonly none?: string;
  set(value: string): string | undefined;
}

/** The value of the entry that says that the nodes differ; no option is called so. */
const differing = '\u0000';

function Choice({ label, value, options, none, set }: ChoiceProps) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="choice"
        value={value === mixed ? differing : value}
        onChange={({ target }) => setProblem(set(target.value))}
      >
        {value === mixed && (
          <option value={differing} disabled>
            {inspecting.mixed}
          </option>
        )}
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {strings.choices[option] ?? option}
          </option>
        ))}
      </select>
      <Problem text={problem} />
    </div>
  );
}

function ShapeField({ label, value, set }: SharedProps) {
  const text = Array.isArray(value) ? shapeText(value) : '';
  return (
    <TextField
      label={label}
      value={text}
      placeholder={value === mixed ? inspecting.mixed : inspecting.shape.scalar}
      commit={(typed) => {
        const parsed = parseShape(typed);
        if (parsed.kind === 'shape') return set(() => parsed.shape);
        return parsed.why === 'no-length'
          ? inspecting.shape['no-length'](parsed.text)
          : inspecting.shape[parsed.why];
      }}
    />
  );
}

/** A value that is typed: a number, or lists of numbers. */
function TensorField({ label, value, set }: SharedProps) {
  const typed = isNdArray(value) && value.data.length <= mostTyped;
  return (
    <TextField
      label={label}
      value={typed ? withMinus(formatNested(value)) : ''}
      placeholder={value === mixed ? inspecting.mixed : inspecting.noValue}
      commit={(text) => {
        const parsed = parseValue(text);
        if (parsed.kind === 'problem') return strings.values[parsed.why];
        return set(() => (parsed.kind === 'value' ? parsed.array : undefined));
      }}
    />
  );
}

function NewSeed({ set }: Pick<FieldProps, 'set'>) {
  const draw = () => {
    // One that can be read aloud, and is another one.
    const drawn = 1 + Math.floor(Math.random() * 9998);
    set((held) => (held === drawn ? drawn + 1 : drawn));
  };
  return (
    <button
      type="button"
      className="button icon"
      aria-label={inspecting.seed.another}
      title={inspecting.seed.another}
      onClick={draw}
    >
      <Dices size={15} aria-hidden="true" />
    </button>
  );
}

interface VariantsProps extends FieldProps {
  readonly tag: string;
  readonly variants: readonly Variant[];
}

/** Which form, then, where all nodes have the same one, that form's own attributes. */
function Variants({ label, tag, variants, values, set }: VariantsProps) {
  const records = values.map((value) => (isRecord(value) ? value : undefined));
  const name = sharedValue(records.map((record) => record?.[tag]));
  const chosen = variants.find((variant) => variant.name === name);
  return (
    <>
      <Choice
        label={label}
        value={name === mixed ? mixed : (chosen?.name ?? '')}
        options={variants.map((variant) => variant.name)}
        none={strings.inspector.automatic}
        set={(next) => set(() => (next ? { [tag]: next } : undefined))}
      />
      {chosen?.attributes.map((attribute) => (
        <AttributeField
          key={`${chosen.name} ${attribute.name}`}
          attribute={attribute}
          label={strings.attributes[attribute.name] ?? attribute.name}
          values={records.map((record) => record?.[attribute.name])}
          set={(change) =>
            set((held) => {
              const record = isRecord(held) ? held : {};
              return { ...record, [attribute.name]: change(record[attribute.name]) };
            })
          }
        />
      ))}
    </>
  );
}

function Problem({ text }: { readonly text: string | undefined }) {
  return (
    text && (
      <p className="field-problem" role="alert">
        {text}
      </p>
    )
  );
}

function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
