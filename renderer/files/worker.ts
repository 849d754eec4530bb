import { GraphError } from '#graph';
import { catalogue } from '#ops';
import { readModel } from './model.ts';
import { type ReaderAnswer, readHere, type ToldError } from './reader.ts';

const told = ({ code, message }: GraphError): ToldError => ({ code, message });

/** The text of a document, or the bytes of a model of another program. */
function answer(content: string | Uint8Array): ReaderAnswer {
  try {
    const { document, repairs } =
      typeof content === 'string' ? readHere(content, catalogue) : readModel(content, catalogue);
    return { ok: true, document, repairs: repairs.map(told) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { ok: false, error: told(error) };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<string | Uint8Array>) => {
  self.postMessage(answer(data));
});
