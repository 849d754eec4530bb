import fc from 'fast-check';
import type { FileRef, Payload, RecoveryId, RequestName, VersionId } from '#bridge';
import { changes, mutate, value } from './hostile.ts';

const uuid = '00000000-0000-4000-8000-000000000000';
const [ref, id] = [uuid as FileRef, uuid as RecoveryId];
const bytes = new Uint8Array(3);

/** A sound request of each kind. */
const sound: { readonly [N in RequestName]: Payload<N> } = {
  'files.open': null,
  'files.read': { ref },
  'files.save': { ref, text: '{}', suggestedName: 'a.gradwire', overwrite: true },
  'files.change': { ref },
  'files.versions': { ref },
  'files.version': { ref, id: '000000000000001-0000000000000000' as VersionId },
  'files.import': null,
  'files.saveBytes': { bytes, suggestedName: 'a.png' },
  'files.ready': null,
  'recovery.keep': { text: '{}', name: 'a', ref: null },
  'recovery.offers': null,
  'recovery.read': { id },
  'recovery.take': { id },
  'recovery.takeElsewhere': { id },
  'recovery.refuse': { id },
  'recovery.discard': null,
  'window.setDocument': { name: 'a', ref: null, dirty: false },
  'window.setTheme': { theme: 'dark' },
  'window.setScale': { scale: 1 },
  'window.confirmUnsaved': { name: 'a' },
  'window.confirmConflict': { name: 'a' },
  'window.confirmRevert': { name: 'a' },
  'window.confirmReload': { name: 'a', dirty: false },
  'window.closeHeard': null,
  'window.closeAnswer': { close: false },
  'commands.setState': { disabled: ['file.save'], checked: [], named: { 'edit.undo': 'Undo' } },
  'commands.setKeymap': { keymap: { 'file.save': ['CmdOrCtrl+S'] } },
  'commands.editText': { edit: 'copy' },
  'trainer.start': null,
  'trainer.stop': { trainer: 1 },
  'trainer.memory': { trainer: 1 },
  'runs.list': null,
  'runs.keep': { id, record: '{}' },
  'runs.keepCheckpoint': { id, bytes },
  'runs.checkpoint': { id },
  'runs.remove': { id },
  'runs.export': { bytes, suggestedName: 'a.ckpt' },
  'runs.import': null,
  'datasets.known': null,
  'datasets.choose': { what: 'file' },
  'system.openExternal': { url: 'https://example.com/' },
};

const names = Object.keys(sound) as RequestName[];

/** A request that is almost sound, or none at all. */
export const request: fc.Arbitrary<[RequestName, unknown]> = fc
  .record({ name: fc.constantFrom(...names), changes, other: value, keep: fc.nat(4) })
  .map(({ name, changes: all, other, keep }) => {
    const payload: unknown = structuredClone(sound[name]);
    if (payload === null || keep === 4) return [name, other];
    for (const change of all) mutate(payload, change);
    return [name, payload];
  });
