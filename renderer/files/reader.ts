/** From a file's text to a document: here where that is quick, else in a worker, so that the window never hangs. */

import {
  GraphError,
  type GraphErrorCode,
  type ReadLimits,
  type ReadResult,
  readDocument,
} from '#graph';
import type { Registry } from '#ops';
import { filing } from '../strings/en-files.ts';

/** What the worker answers. An error's class does not survive the way between two threads. */
export type ReaderAnswer =
  | {
      readonly ok: true;
      readonly document: ReadResult['document'];
      readonly repairs: readonly ToldError[];
    }
  | { readonly ok: false; readonly error: ToldError };

export interface ToldError {
  readonly code: GraphErrorCode;
  readonly message: string;
}

/** More than this would make the window hang when it is traced and drawn. */
const limits: ReadLimits = { nodes: 10_000, wires: 20_000, frames: 500, notes: 200 };

/** A text this long is read within a frame or two. */
const quick = 100_000;
/** Whatever takes longer is no document that could be worked with. */
const patience = 60_000;

/**
 * Reads a document of which nothing is known yet.
 * @throws GraphError as `readDocument` does, and for what is too large to be shown
 */
export function readText(text: string, registry: Registry): Promise<ReadResult> {
  return text.length <= quick
    ? new Promise((resolve) => resolve(readHere(text, registry)))
    : readAside(text);
}

/** @throws GraphError */
export function readHere(text: string, registry: Registry): ReadResult {
  return readDocument(text, registry, limits);
}

/** In a worker: a text, or the bytes of a model of another program. @throws GraphError */
export function readAside(content: string | Uint8Array): Promise<ReadResult> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const root = document.documentElement;
  root.dataset.busy = 'true';
  const reading = new Promise<ReadResult>((resolve, reject) => {
    const fail = (code: GraphErrorCode, message: string) => reject(new GraphError(code, message));
    const timer = setTimeout(() => fail('too-large', filing.tooSlow), patience);
    worker.addEventListener('error', () => fail('too-large', filing.readerFailed));
    worker.addEventListener('message', ({ data }: MessageEvent<ReaderAnswer>) => {
      clearTimeout(timer);
      if (data.ok) resolve({ document: data.document, repairs: data.repairs.map(asError) });
      else reject(asError(data.error));
    });
    worker.postMessage(content);
  });
  return reading.finally(() => {
    worker.terminate();
    delete root.dataset.busy;
  });
}

const asError = ({ code, message }: ToldError) => new GraphError(code, message);
