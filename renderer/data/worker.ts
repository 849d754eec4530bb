/** Reads data away from the page's thread, and hands over what is looked at: never the whole. */

import {
  DataError,
  type DataSet,
  fullDataSettings,
  overviewOf,
  pageOf,
  prepareDataSet,
  readDataSet,
  readingKey,
  scatterOf,
} from '#data';
import { decodePicture } from '../trainer/decode-picture.ts';
import { fetchSource } from '../trainer/fetch-source.ts';
import type { DataAnswer, DataAsk, DataOrder, DataReply } from './order.ts';

let read: { readonly key: string; readonly data: Promise<DataSet> } | undefined;
let opened: { readonly opening: number; readonly data: DataSet } | undefined;
let latest = 0;

self.addEventListener('message', ({ data: order }: MessageEvent<DataOrder>) => {
  if (order.type === 'open') {
    latest = order.opening;
    void open(order);
  } else if (opened?.opening === order.opening) {
    const { opening, id } = order;
    try {
      reply({ type: 'answer', opening, id, answer: answerTo(order.ask, opened.data) });
    } catch (error) {
      reply({ type: 'failed', opening, message: sentenceOf(error) });
    }
  }
});

async function open({ opening, location, settings: given }: Extract<DataOrder, { type: 'open' }>) {
  const settings = fullDataSettings(given);
  const key = JSON.stringify([location, readingKey(settings)]);
  try {
    if (read?.key !== key) {
      read = { key, data: readDataSet(fetchSource(location), settings, { decodePicture }) };
    }
    const data = prepareDataSet(await read.data, settings);
    if (opening !== latest) return;
    opened = { opening, data };
    reply({ type: 'opened', opening, overview: overviewOf(data) });
  } catch (error) {
    // What cannot be read now may be readable later.
    if (read?.key === key) read = undefined;
    const columns = error instanceof DataError ? error.columns : undefined;
    reply({ type: 'failed', opening, message: sentenceOf(error), columns });
  }
}

function answerTo(ask: DataAsk, data: DataSet): DataAnswer {
  return ask.kind === 'page'
    ? { kind: 'page', page: pageOf(data, ask) }
    : { kind: 'scatter', scatter: scatterOf(data, ask.part, ask.a, ask.b) };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reply(message: DataReply): void {
  self.postMessage(message);
}
