/** Files, recovery and earlier versions. */

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

/** A moment as a person says it: with the day, and to the second where that tells copies apart. */
const when = (at: number) =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const filing = {
  when,
  counts: (nodes: number, wires: number) =>
    `${counted(nodes, 'node', 'nodes')}, ${counted(wires, 'wire', 'wires')}`,
  picture: 'The graph in small',
  loading: 'Reading …',

  recovery: {
    title: 'Unsaved work was found',
    detail: (count: number) =>
      count === 1
        ? 'Gradwire ended before this was saved. What you do not want any more you can discard.'
        : 'Gradwire ended before these were saved. What you do not want any more you can discard.',
    restore: 'Restore it',
    discard: 'Discard it',
    later: 'Decide later',
    kept: (at: number) => `Copy from ${when(at)}`,
    notKept: (why: string) => `No recovery copy can be kept at the moment. ${why}`,
  },

  versions: {
    title: (name: string) => `Earlier versions of “${name}”`,
    detail: 'The last ten saved versions. One that is restored counts as an unsaved change.',
    none: 'Nothing of this document has been saved yet.',
    restore: 'Restore This Version',
    newest: 'saved last',
    list: 'Versions, newest first',
  },

  licences: {
    title: 'Licenses',
    detail: 'Gradwire is free software, and stands on the work of others:',
    missing: 'The list of licenses is not here; it is part of every release.',
    list: 'Licenses',
  },

  tooSlow: 'This document takes too long to read; it is damaged, or too large for this program.',
  readerFailed: 'This document could not be read: there was not enough memory for it.',
} as const;
