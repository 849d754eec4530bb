import { GraphError } from '#graph';
import { catalogue } from '#ops';
import { type ReaderAnswer, readHere, type ToldError } from './reader.ts';

const told = ({ code, message }: GraphError): ToldError => ({ code, message });

function answer(text: string): ReaderAnswer {
  try {
    const { document, repairs } = readHere(text, catalogue);
    return { ok: true, document, repairs: repairs.map(told) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { ok: false, error: told(error) };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  self.postMessage(answer(data));
});
