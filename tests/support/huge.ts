import { closeSync, openSync, writeSync } from 'node:fs';

const start = '{"format":"gradwire","version":1,"title":"t",';

/** A node, of so many, wired to the one before. */
const node = (at: number) => `{"id":"n${at}","op":"neg"}`;

/** What fills a file of any size, by what is wrong with it: its beginning, what is repeated, its end. */
const kinds: Readonly<
  Record<string, { start: string; piece: (at: number) => string; end: string }>
> = {
  nodes: {
    start: `${start}"nodes":[{"id":"a","op":"input"}`,
    piece: (at) => `,${node(at)}`,
    end: ']}',
  },
  wires: {
    start: `${start}"nodes":[{"id":"a","op":"input"}],"wires":[{}`,
    piece: (at) => `,{"id":"w${at}","from":{"node":"a","port":"out"},"to":{"node":"a","port":"x"}}`,
    end: ']}',
  },
  'unknown operations': {
    start: `${start}"nodes":[{"id":"a","op":"input"}`,
    piece: (at) => `,{"id":"n${at}","op":"${'very'.repeat(4_000)}"}`,
    end: ']}',
  },
  depth: { start: `${start}"view":`, piece: () => '['.repeat(64), end: '' },
  title: {
    start: '{"format":"gradwire","version":1,"title":"',
    piece: () => 'a long title ',
    end: '"}',
  },
  note: {
    start: `${start}"nodes":[],"notes":[{"id":"n","position":{"x":0,"y":0},"width":200,"text":"`,
    piece: () => '**much** $x^2$ ',
    end: '"}]}',
  },
  keys: {
    start: `${start}"nodes":[{"id":"a","op":"input","attrs":{"a":1`,
    piece: (at) => `,"k${at}":1`,
    end: '}}]}',
  },
  numbers: {
    start: `${start}"nodes":[{"id":"a","op":"constant","attrs":{"value":[0`,
    piece: (at) => `,${at % 10}`,
    end: ']}}]}',
  },
  parameters: {
    start: `${start}"nodes":[{"id":"a","op":"parameter","attrs":{"value":{"float32":"`,
    piece: () => 'AACAPwAAgD8AAIA/',
    end: '","shape":[SIZE]},"shape":[SIZE]}}]}',
  },
  blank: { start, piece: () => ' '.repeat(64), end: '' },
  noise: { start: '', piece: (at) => `${Math.sin(at)}`, end: '' },
};

export const hugeKinds = Object.keys(kinds);

/** Writes a file of so many megabytes, full of one thing. */
export function writeHuge(path: string, kind: string, megabytes: number): void {
  const what = kinds[kind];
  if (!what) throw new Error(`no such kind: ${kind}`);
  const file = openSync(path, 'w');
  const size = megabytes * 1024 * 1024;
  let written = writeSync(file, what.start);
  let at = 0;
  while (written < size - 300) {
    const pieces: string[] = [];
    for (let length = 0; length < 1 << 20 && written + length < size - 300; at++) {
      const piece = what.piece(at);
      pieces.push(piece);
      length += piece.length;
    }
    written += writeSync(file, pieces.join(''));
  }
  // Three ones in each piece of base64.
  writeSync(file, what.end.replaceAll('SIZE', `${3 * at}`));
  closeSync(file);
}
