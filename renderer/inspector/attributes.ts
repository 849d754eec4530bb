import { z } from 'zod';
import type { Operation } from '#ops';

/** How an attribute is asked for, read off the operation's own schema. */
export type Control =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** Text as it is. */
  | { readonly kind: 'text' }
  /** Text read as JSON: numbers, lists, objects. */
  | { readonly kind: 'json' };

export interface Attribute {
  readonly name: string;
  readonly control: Control;
}

/** The attributes of an operation, in its schema's order. */
export function attributesOf(operation: Operation): readonly Attribute[] {
  const { attrs } = operation;
  if (!(attrs instanceof z.ZodObject)) return [];
  return Object.entries(attrs.shape).map(([name, schema]) => ({
    name,
    control: controlFor(schema),
  }));
}

function controlFor(schema: unknown): Control {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return controlFor(schema.unwrap());
  }
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  return { kind: 'json' };
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
