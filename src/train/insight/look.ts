import type { GraphDocument, NodeId } from '#graph';
import type { NdArray } from '#tensor';
import { bindData } from '../binding.ts';
import { startEngine } from '../engines.ts';
import { describeFailure } from '../errors.ts';
import { type TrainableGraph, trainableGraph } from '../graph.ts';
import { type Learnt, rounded } from '../learnt.ts';
import type { AverageValues } from '../modes.ts';
import type { RunOptions } from '../run-options.ts';
import { Inspector } from './inspector.ts';
import type { Ask } from './messages.ts';
import { InsightService, type Told } from './service.ts';

export interface LookOptions extends Pick<RunOptions, 'registry' | 'settings' | 'data' | 'host'> {
  /** What it throws is the answer to every question. */
  document(): GraphDocument;
  told(told: Told): void;
}

/** Looks into a document's net as it is, without a run. */
export class Look {
  readonly #options: LookOptions;
  readonly #service: InsightService;
  #opened: Promise<Learnt | string> | undefined;
  #busy = false;
  #closed = false;

  constructor(options: LookOptions) {
    this.#options = options;
    const { host, told } = options;
    this.#service = new InsightService({ now: () => host.now(), told });
  }

  ask(askId: number, ask: Ask): void {
    this.#service.ask(askId, ask);
    if (!this.#busy) void this.#work();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#service.close();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    this.#opened ??= this.#open().catch((error: unknown) => describeFailure(error).message);
    const learnt = await this.#opened;
    while (!this.#service.idle && !this.#closed) {
      if (typeof learnt === 'string') this.#service.refuse(learnt);
      else await this.#service.turn(0, async () => learnt, true);
      await this.#options.host.rest();
    }
    this.#busy = false;
  }

  async #open(): Promise<Learnt> {
    const { document, registry, settings, host } = this.#options;
    const graph = trainableGraph(document(), registry);
    const data = await this.#options.data();
    const parts = bindData(graph, data);
    const engine = await startEngine('wasm', host).catch(() => startEngine('js', host));
    const { batchSize } = settings;
    this.#service.open(new Inspector({ graph, engine, data, parts, batchSize }));
    return {
      parameters: new Map(graph.parameters.map(({ id, initial }) => [id, rounded(initial)])),
      averages: averagesOf(graph),
    };
  }
}

/** The running averages as the document has them. */
function averagesOf({ averages }: TrainableGraph): AverageValues {
  const result = new Map<NodeId, Readonly<Record<string, NdArray>>>();
  for (const { id, attribute, initial } of averages) {
    result.set(id, { ...result.get(id), [attribute]: initial });
  }
  return result;
}
