import { create } from 'zustand';
import type { Column, Overview, PartialDataSettings, PartName } from '#data';
import type { DatasetLocation } from '#train';
import type { DataAnswer, DataAsk, DataOrder, DataReply } from './order.ts';

export type DataTab = 'examples' | 'scatter' | 'columns' | 'classes';

interface DataView {
  readonly isOpen: boolean;
  /** Counts the openings: answers belong to one. */
  readonly opening: number;
  readonly isReading: boolean;
  /** Of the data as they were last read; undefined before that. */
  readonly overview: Overview | undefined;
  /** Why they cannot be read. */
  readonly problem: string | undefined;
  readonly tab: DataTab;
  readonly part: PartName;
}

/** What the view of the data shows. */
export const dataView = create<DataView>()(() => ({
  isOpen: false,
  opening: 0,
  isReading: false,
  overview: undefined,
  problem: undefined,
  tab: 'examples',
  part: 'train',
}));

/** Asks a worker about the data as long as they are looked at; it ends with that, and frees its memory. */
class DataLooker {
  #worker: Worker | undefined;
  #asked = 0;
  readonly #waiting = new Map<number, (answer: DataAnswer) => void>();

  /** Reads the data, or prepares them otherwise than before. */
  open(location: DatasetLocation, settings: PartialDataSettings): void {
    const opening = dataView.getState().opening + 1;
    this.#waiting.clear();
    dataView.setState({ opening, isReading: true, problem: undefined });
    this.#send({ type: 'open', opening, location, settings });
  }

  /** The answer, unless the data change before it comes. */
  ask(ask: DataAsk, take: (answer: DataAnswer) => void): void {
    const id = ++this.#asked;
    this.#waiting.set(id, take);
    this.#send({ type: 'ask', opening: dataView.getState().opening, id, ask });
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting.clear();
    dataView.setState({ isOpen: false, isReading: false, overview: undefined, problem: undefined });
  }

  #send(order: DataOrder): void {
    this.#started().postMessage(order);
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<DataReply>) => this.#take(data);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#worker = undefined;
      dataView.setState({ isReading: false, problem: event.message || 'Error' });
    };
    this.#worker = worker;
    return worker;
  }

  #take(reply: DataReply): void {
    if (reply.opening !== dataView.getState().opening) return;
    switch (reply.type) {
      case 'opened': {
        const { overview } = reply;
        const { part, tab } = dataView.getState();
        const hasPart = overview.parts.some((one) => one.part === part);
        dataView.setState({
          isReading: false,
          overview,
          part: hasPart ? part : 'train',
          tab: tabsOf(overview).includes(tab) ? tab : 'examples',
        });
        return;
      }
      case 'failed':
        dataView.setState({
          isReading: false,
          problem: reply.message,
          overview: reply.columns && columnsAlone(reply.columns),
          tab: 'columns',
        });
        return;
      case 'answer': {
        const take = this.#waiting.get(reply.id);
        this.#waiting.delete(reply.id);
        take?.(reply.answer);
      }
    }
  }
}

export const dataLooker = new DataLooker();

/** Of a table that cannot be read as it is: where a column's type is at fault, it can be put right. */
function columnsAlone(columns: readonly Column[]): Overview {
  return { name: '', parts: [], fields: [], columns, isTable: true, notes: [] };
}

/** The columns of numbers, which can be drawn against each other. */
export function numberColumns({ columns }: Overview): readonly string[] {
  return columns.filter(({ numbers }) => numbers).map(({ name }) => name);
}

/** What there is to see of these data. */
export function tabsOf(overview: Overview): readonly DataTab[] {
  if (overview.parts.length === 0) return ['columns'];
  const tabs: DataTab[] = ['examples'];
  if (!overview.image && numberColumns(overview).length > 1) tabs.push('scatter');
  if (overview.columns.length > 0 && !overview.image) tabs.push('columns');
  if (overview.classNames) tabs.push('classes');
  return tabs;
}
