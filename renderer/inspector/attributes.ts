import { z } from 'zod';
import type { Operation } from '#ops';

/** How an attribute is asked for, read off the operation's own schema. */
export type Control =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** Text as it is. */
  | { readonly kind: 'text' }
  /** Text read as JSON: numbers, lists, objects. */
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

function attributesOfShape(shape: Readonly<Record<string, unknown>>): readonly Attribute[] {
  return Object.entries(shape).map(([name, schema]) => ({ name, control: controlFor(schema) }));
}

function controlFor(schema: unknown): Control {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return controlFor(schema.unwrap());
  }
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  if (schema instanceof z.ZodDiscriminatedUnion) return variantsOf(schema);
  return { kind: 'json' };
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
