import { z } from 'zod';
import { type Operation, shapeAttr, tensorAttr } from '#ops';
import { isNdArray } from '../format/held.ts';

/** How an attribute is asked for, read off the operation's own schema. */
export type Control =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'number' }
  /** A number that only has to be another one. */
  | { readonly kind: 'seed' }
  /** The lengths of axes. */
  | { readonly kind: 'shape' }
  /** Numbers in a row. */
  | { readonly kind: 'numbers' }
  /** An array in memory. */
  | { readonly kind: 'tensor' }
  /** Text as it is. */
  | { readonly kind: 'text' }
  /** Text read as JSON: lists of lists, objects. */
  | { readonly kind: 'json' }
  /** One of several forms, each with attributes of its own; `tag` names the chosen one. */
  | { readonly kind: 'variants'; readonly tag: string; readonly variants: readonly Variant[] };

export interface Variant {
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  readonly name: string;
  readonly control: Control;
}

/** The attributes of an operation, in its schema's order. */
export function attributesOf(operation: Operation): readonly Attribute[] {
  const { attrs } = operation;
  if (!(attrs instanceof z.ZodObject)) return [];
  return attributesOfShape(attrs.shape);
}

/** The attributes that all of these operations ask for in the same way. */
export function commonAttributes(operations: readonly Operation[]): readonly Attribute[] {
  const [first, ...others] = [...new Set(operations)].map(attributesOf);
  const same = ({ name, control }: Attribute) =>
    others.every((each) =>
      each.some((other) => other.name === name && other.control.kind === control.kind),
    );
  return first?.filter(same) ?? [];
}

function attributesOfShape(shape: Readonly<Record<string, unknown>>): readonly Attribute[] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    control: name === 'seed' ? { kind: 'seed' } : controlFor(name, schema),
  }));
}

function controlFor(name: string, schema: unknown): Control {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return controlFor(name, schema.unwrap());
  }
  if (schema === shapeAttr) return { kind: 'shape' };
  if (schema === tensorAttr) return { kind: 'tensor' };
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodNumber) return { kind: 'number' };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodNumber) {
    return { kind: name === 'shape' ? 'shape' : 'numbers' };
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return variantsOf(schema);
  if (schema instanceof z.ZodUnion) return literalsOf(schema) ?? { kind: 'json' };
  return { kind: 'json' };
}

/** One of several values, where the schema names each. */
function literalsOf({ options }: z.ZodUnion): Control | undefined {
  const values = options.flatMap((option) =>
    option instanceof z.ZodLiteral ? [...option.values] : [undefined],
  );
  const known = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  return known.length === values.length ? { kind: 'choice', options: known } : undefined;
}

function variantsOf({ def, options }: z.ZodDiscriminatedUnion): Control {
  const tag = def.discriminator;
  const variants = options.flatMap((option): Variant[] => {
    if (!(option instanceof z.ZodObject)) return [];
    const { [tag]: named, ...shape } = option.shape;
    if (!(named instanceof z.ZodLiteral)) return [];
    return [{ name: String(named.value), attributes: attributesOfShape(shape) }];
  });
  return { kind: 'variants', tag, variants };
}

/** Stands for the values of several nodes that differ. */
export const mixed = Symbol('mixed');

/** The value that all have, or `mixed`. */
export function sharedValue(values: readonly unknown[]): unknown {
  const [first, ...others] = values;
  return others.every((other) => sameValue(first, other)) ? first : mixed;
}

function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (isNdArray(one) && isNdArray(other)) {
    return (
      one.shape.join() === other.shape.join() &&
      one.data.every((entry, at) => Object.is(entry, other.data[at]))
    );
  }
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** An attribute as a person types it. */
export function attributeText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return JSON.stringify(value).replaceAll(',', ', ').replaceAll('":', '": ');
}

/** The inverse for JSON attributes; what is no JSON stays text, and the schema says what is wrong. */
export function readAttribute(text: string): unknown {
  const plain = text.replaceAll('−', '-').trim();
  if (plain === '') return undefined;
  try {
    return JSON.parse(plain);
  } catch {
    return plain;
  }
}

/** A row of numbers, with or without brackets around it and commas between; else as `readAttribute`. */
export function readNumbers(text: string): unknown {
  const plain = text.replaceAll('−', '-').trim();
  if (plain === '') return undefined;
  if (plain.startsWith('[')) return readAttribute(plain);
  return plain.split(/[\s,;]+/).map(readAttribute);
}

/** A row of numbers as it is typed. */
export function numbersText(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : attributeText(value);
}
