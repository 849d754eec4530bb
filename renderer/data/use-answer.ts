import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { dataLooker, dataView } from './looker.ts';
import type { DataAnswer, DataAsk } from './order.ts';

/** The answer to a question about the data; the one before stays until it comes. Undefined until the first. */
export function useAnswer<K extends DataAnswer['kind']>(
  ask: DataAsk & { readonly kind: K },
): Extract<DataAnswer, { kind: K }> | undefined {
  const [answer, setAnswer] = useState<Extract<DataAnswer, { kind: K }>>();
  const opening = useStore(dataView, (view) => view.opening);
  const isReading = useStore(dataView, (view) => view.isReading);
  const key = JSON.stringify(ask);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the data are others
  useEffect(() => {
    if (isReading) return;
    let wanted = true;
    dataLooker.ask(ask, (found) => {
      if (wanted && isKind(found, ask.kind)) setAnswer(found);
    });
    return () => {
      wanted = false;
    };
  }, [key, opening, isReading]);
  return answer;
}

function isKind<K extends DataAnswer['kind']>(
  answer: DataAnswer,
  kind: K,
): answer is Extract<DataAnswer, { kind: K }> {
  return answer.kind === kind;
}
