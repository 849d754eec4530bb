import { useId } from 'react';
import { strings } from '../strings/en.ts';
import { type Attribute, attributeText, readAttribute, type Variant } from './attributes.ts';
import { TextField } from './TextField.tsx';

interface AttributeFieldProps {
  readonly attribute: Attribute;
  readonly label: string;
  /** As the file has it. */
  readonly value: unknown;
  /** A sentence where it does not do. */
  set(value: unknown): string | undefined;
}

/** The control that fits one attribute. */
export function AttributeField({ attribute, label, value, set }: AttributeFieldProps) {
  const { control } = attribute;
  switch (control.kind) {
    case 'switch':
      return <Switch label={label} on={value === true} set={set} />;
    case 'choice':
      return <Choice label={label} value={String(value)} options={control.options} set={set} />;
    case 'text':
      return (
        <TextField
          label={label}
          value={attributeText(value)}
          commit={(text) => set(text.trim() || undefined)}
        />
      );
    case 'json':
      return (
        <TextField
          label={label}
          value={attributeText(value).replaceAll('-', '−')}
          commit={(text) => set(readAttribute(text))}
        />
      );
    case 'variants':
      return (
        <Variants
          label={label}
          tag={control.tag}
          variants={control.variants}
          value={isRecord(value) ? value : undefined}
          set={set}
        />
      );
  }
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  set(on: boolean): void;
}

function Switch({ label, on, set }: SwitchProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="checkbox"
        className="switch"
        checked={on}
        onChange={(event) => set(event.target.checked)}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  /** What an empty choice is called, where there may be one. */
  readonly none?: string;
  set(value: string): void;
}

function Choice({ label, value, options, none, set }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="choice" value={value} onChange={({ target }) => set(target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {strings.choices[option] ?? option}
          </option>
        ))}
      </select>
    </div>
  );
}

interface VariantsProps {
  readonly label: string;
  readonly tag: string;
  readonly variants: readonly Variant[];
  readonly value: Readonly<Record<string, unknown>> | undefined;
  set(value: unknown): string | undefined;
}

/** Which form, then that form's own attributes. */
function Variants({ label, tag, variants, value, set }: VariantsProps) {
  const chosen = variants.find(({ name }) => name === value?.[tag]);
  return (
    <>
      <Choice
        label={label}
        value={chosen?.name ?? ''}
        options={variants.map(({ name }) => name)}
        none={strings.inspector.automatic}
        set={(name) => set(name ? { [tag]: name } : undefined)}
      />
      {chosen?.attributes.map((attribute) => (
        <AttributeField
          key={attribute.name}
          attribute={attribute}
          label={strings.attributes[attribute.name] ?? attribute.name}
          value={value?.[attribute.name]}
          set={(next) => set({ ...value, [attribute.name]: next })}
        />
      ))}
    </>
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
