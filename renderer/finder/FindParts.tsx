import { useShow } from '../canvas/index.ts';
import { useServices } from '../store/index.ts';
import { finding } from '../strings/en-finder.ts';
import { Finder } from './Finder.tsx';
import { findParts, showPart } from './parts.ts';

/** Finds a node or wire, selects it and brings it into view. */
export function FindParts() {
  const { store } = useServices();
  const show = useShow();
  return (
    <Finder
      label={finding.parts}
      placeholder={finding.partsPlaceholder}
      choicesFor={(text) =>
        findParts(store.getState(), text).map((part) => ({
          key: `${part.kind} ${part.id}`,
          title: part.name,
          symbol: part.symbol,
          detail: part.detail,
          run: () => showPart(show, part, text),
        }))
      }
      nothingFor={finding.noPart}
    />
  );
}
