/**
 * The checks that every request of a page passes before main acts on it, and what the app itself has kept. Loaded when
 * the first of them is needed, by `checks`.
 */

import { z } from 'zod';
import {
  COMMAND_IDS,
  type DatasetRef,
  type FileRef,
  isKeys,
  type Payload,
  type RecoveryId,
  type RequestName,
  type VersionId,
} from './contract.ts';
import { MAX_DOCUMENT_BYTES } from './disk.ts';
import { MAX_RECORD_BYTES } from './runs.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isUuid = (value: unknown) => typeof value === 'string' && UUID.test(value);

const fileRef = z.custom<FileRef>(isUuid, 'not a file reference');
const recoveryId = z.custom<RecoveryId>(isUuid, 'not a recovery copy');
const versionId = z.custom<VersionId>(
  (value) => typeof value === 'string' && /^\d{15}-[0-9a-f]{16}$/.test(value),
  'not a version',
);
/** A name is shown and proposed, never used as a path; it may hold no separators all the same. */
const name = z
  .string()
  .max(255)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^/\\\u0000-\u001f]*$/, 'not a file name');
const text = z.string().max(MAX_DOCUMENT_BYTES);
const keys = z.custom<string>(isKeys, 'not a combination of keys');
const commandIds = z.array(z.enum(COMMAND_IDS)).max(COMMAND_IDS.length);
const trainer = z.int().nonnegative();
/** It becomes part of a file's name. */
const runId = z.custom<string>(isUuid, 'not the id of a run');
/** Of what is exported: the ending tells the format, and what the dialog offers. */
const exportName = name.regex(
  /\.(svg|png|pdf|tex|dot|md|py|onnx|json|gradwire|csv|gif|webm)$/,
  'not the name of an export',
);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not bytes');

export const schemas: { readonly [N in RequestName]: z.ZodType<Payload<N>> } = {
  'files.open': z.null(),
  'files.read': z.strictObject({ ref: fileRef }),
  'files.save': z.strictObject({
    ref: fileRef.nullable(),
    text,
    suggestedName: name,
    overwrite: z.boolean().optional(),
  }),
  'files.change': z.strictObject({ ref: fileRef }),
  'files.versions': z.strictObject({ ref: fileRef }),
  'files.version': z.strictObject({ ref: fileRef, id: versionId }),
  'files.import': z.null(),
  'files.saveBytes': z.strictObject({ bytes, suggestedName: exportName }),
  'files.ready': z.null(),
  'recovery.keep': z.strictObject({ text, name: name.nullable(), ref: fileRef.nullable() }),
  'recovery.offers': z.null(),
  'recovery.read': z.strictObject({ id: recoveryId }),
  'recovery.take': z.strictObject({ id: recoveryId }),
  'recovery.takeElsewhere': z.strictObject({ id: recoveryId }),
  'recovery.refuse': z.strictObject({ id: recoveryId }),
  'recovery.discard': z.null(),
  'window.setDocument': z.strictObject({ name, ref: fileRef.nullable(), dirty: z.boolean() }),
  'window.setTheme': z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }),
  'window.setScale': z.strictObject({ scale: z.number().min(0.75).max(2) }),
  'window.confirmUnsaved': z.strictObject({ name }),
  'window.confirmConflict': z.strictObject({ name }),
  'window.confirmRevert': z.strictObject({ name }),
  'window.confirmReload': z.strictObject({ name, dirty: z.boolean() }),
  'window.closeHeard': z.null(),
  'window.closeAnswer': z.strictObject({ close: z.boolean() }),
  'commands.setState': z.strictObject({
    disabled: commandIds,
    checked: commandIds,
    named: z.partialRecord(z.enum(COMMAND_IDS), z.string().max(200)),
  }),
  'commands.setKeymap': z.strictObject({
    keymap: z.partialRecord(z.enum(COMMAND_IDS), z.array(keys).max(4)),
  }),
  'commands.editText': z.strictObject({
    edit: z.enum(['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll']),
  }),
  'trainer.start': z.null(),
  'trainer.stop': z.strictObject({ trainer }),
  'trainer.memory': z.strictObject({ trainer }),
  'runs.list': z.null(),
  'runs.keep': z.strictObject({ id: runId, record: z.string().max(MAX_RECORD_BYTES) }),
  'runs.keepCheckpoint': z.strictObject({ id: runId, bytes }),
  'runs.checkpoint': z.strictObject({ id: runId }),
  'runs.remove': z.strictObject({ id: runId }),
  'runs.export': z.strictObject({ bytes, suggestedName: name }),
  'runs.import': z.null(),
  'datasets.known': z.null(),
  'datasets.choose': z.strictObject({ what: z.enum(['folder', 'file']) }),
  'system.openExternal': z.strictObject({ url: z.url({ protocol: /^https$/ }).max(2000) }),
};

/** Paths of dropped files, as the preload had them from Chromium. */
export const droppedPaths = z.array(z.string().min(1).max(32_768)).min(1).max(100);

/** For tests and for `datasets.ts`, which reads references out of URLs. */
export const datasetRef = z.custom<DatasetRef>(isUuid, 'not a reference to a folder');

/** The files opened lately, newest first. */
export const recentFiles = z.array(z.string());

/** Whether to look for updates. */
export const updateChoice = z.strictObject({ look: z.boolean() });

/** The first line of a recovery copy; the document's text is all that follows. */
export const copyHeader = z.object({
  version: z.literal(2),
  name: z.string().nullable(),
  origin: z.object({ path: z.string(), hash: z.string().optional() }).nullable(),
  /** Milliseconds since 1970. */
  keptAt: z.number(),
});
