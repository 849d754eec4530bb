import { z } from 'zod';
import { longestId } from '../ids.ts';

/** The file's own form, version 1, as far as it does not depend on the operations. */

export const id = z.string().min(1).max(longestId);

export const endpoint = z.object({ node: id, port: id });

export const nodeSchema = z.strictObject({
  id,
  op: z.string(),
  label: z.string().default(''),
  attrs: z.record(z.string(), z.unknown()).default({}),
  position: z.object({ x: z.number(), y: z.number() }).default({ x: 0, y: 0 }),
  bypassed: z.unknown().optional(),
});

export const bypassedSchema = z.strictObject({
  op: z.string(),
  attrs: z.record(z.string(), z.unknown()).default({}),
  port: id,
  wires: z
    .array(z.strictObject({ id, from: endpoint, port: id, name: z.string().optional() }))
    .default([]),
});

export const wireSchema = z.strictObject({
  id,
  from: endpoint,
  to: endpoint,
  name: z.string().optional(),
});

export const lossSchema = z.strictObject({ node: id, seed: z.number().default(1) });

export const opaqueSchema = z.record(z.string(), z.unknown());

/** What a zod error says first, with its path; without the full stop, as it goes into a sentence. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it is not as it should be';
  const path = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${path}${issue.message.replace(/\.$/, '')}`;
}
