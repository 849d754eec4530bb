import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { indexOf, type Position } from '#graph';
import { finderStore } from '../finder/index.ts';
import { beginNote } from '../notes/index.ts';
import { selectedOutput, useServices } from '../store/index.ts';

export interface Adding {
  /**
   * Opens the quick-add beside the one selected node, whose output the new one takes, or else in the middle of the view.
   * Whether it could: not while the graph cannot be drawn on.
   */
  open(typed?: string): boolean;
  /** Begins a note in the middle of the view. */
  note(): void;
}

/** From a node's corner to that of the next one, to its right. */
const toNext = { x: 190, y: 0 };
const half = 38;

export function useAdding(): Adding {
  const { store } = useServices();
  const { screenToFlowPosition, flowToScreenPosition } = useReactFlow();
  return useMemo(
    () => ({
      open: (typed = '') => {
        const state = store.getState();
        if (state.workspace === 'train' || state.quiz || state.replicas) return false;
        const beside = selectedOutput(state);
        const node = beside && indexOf(state.editor.document).nodes.get(beside.port.node);
        const middle = middleOfCanvas();
        const at = node
          ? { x: node.position.x + toNext.x + half, y: node.position.y + toNext.y + half }
          : screenToFlowPosition(middle);
        const point = node ? flowToScreenPosition({ x: at.x - half, y: at.y - half }) : middle;
        finderStore.getState().open({ kind: 'add', at, point, beside, onlyFitting: false, typed });
        return true;
      },
      note: () => beginNote(store, screenToFlowPosition(middleOfCanvas())),
    }),
    [store, screenToFlowPosition, flowToScreenPosition],
  );
}

function middleOfCanvas(): Position {
  const box = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
  return { x: x + width / 2, y: y + height / 2 };
}
