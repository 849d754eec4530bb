import type { MiniBatch } from './batches.ts';
import type { TrainableGraph } from './graph.ts';
import { normOf } from './insight/spread.ts';
import { names } from './names.ts';
import type { Norms } from './protocol.ts';
import type { TrainingSession } from './session.ts';

/** The norms of all parameters and of their gradients on a mini-batch; undefined where one is not finite. */
export async function measureNorms(
  { parameters }: TrainableGraph,
  session: TrainingSession,
  batch: MiniBatch,
  step: number,
): Promise<Norms | undefined> {
  const gradients = await session.gradients(batch);
  const learnt = await session.learnt();
  const result = parameters.map(({ id, name }) => {
    const gradient = gradients.get(names.gradient(id));
    return {
      node: id,
      name,
      weight: normOf(learnt.parameters.get(id)?.data ?? []),
      ...(gradient ? { gradient: normOf(gradient) } : {}),
    };
  });
  const sound = result.every(
    ({ weight, gradient = 0 }) => Number.isFinite(weight) && Number.isFinite(gradient),
  );
  return sound ? { step, parameters: result } : undefined;
}
