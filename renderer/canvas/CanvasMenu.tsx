import { ContextMenu } from '@base-ui/react/context-menu';
import { type MouseEvent, type ReactElement, useRef, useState } from 'react';
import { type Position, wireId } from '#graph';
import type { MenuEntry } from '../host/index.ts';
import { MenuSections } from '../menu/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { nodesDrawn } from './shown-ids.ts';

type Target = 'node' | 'wire' | 'canvas';

const sections: Readonly<Record<Target, readonly (readonly MenuEntry[])[]>> = {
  node: [
    ['edit.rename', 'graph.loss', 'graph.bypass', 'run.toSelected'],
    ['edit.cut', 'edit.copy', 'edit.duplicate'],
    ['edit.selectUpstream', 'edit.selectDownstream', 'view.zoomSelection'],
    ['graph.group', 'graph.fold', 'graph.enter', 'graph.expand', 'graph.collapse'],
    ['graph.repeat', 'graph.saveBlock', 'graph.arrange'],
    ['edit.delete', 'edit.deleteReconnect'],
  ],
  wire: [
    ['edit.rename', 'run.toSelected'],
    ['edit.selectUpstream', 'edit.selectDownstream', 'view.zoomSelection'],
    ['edit.delete'],
  ],
  canvas: [
    ['graph.add', 'graph.note', 'edit.paste'],
    ['edit.undo', 'edit.redo'],
    ['edit.selectAll', 'edit.find'],
    ['graph.arrange', 'view.zoomFit'],
  ],
};

interface CanvasMenuProps {
  /** The element that the menu belongs to; what it holds stays as it is. */
  readonly canvas: ReactElement;
  /** Adds a node where the menu was opened. */
  addAt(point: Position): void;
  /** Begins a note there. */
  noteAt(point: Position): void;
}

/** What can be done with the node, the wire or the canvas under the pointer, or that has the focus. */
export function CanvasMenu({ canvas, addAt, noteAt }: CanvasMenuProps) {
  const { store } = useServices();
  const [target, setTarget] = useState<Target>('canvas');
  const point = useRef<Position>({ x: 0, y: 0 });
  const onContextMenu = (event: MouseEvent) => {
    const element = event.target instanceof Element ? event.target : null;
    point.current = { x: event.clientX, y: event.clientY };
    store.getState().showBubble(null);
    setTarget(chosen(element));
  };
  /** What the menu is about is selected, unless it is part of the selection already. */
  const chosen = (element: Element | null): Target => {
    const { selection, select, selectWire, trace } = store.getState();
    const node = element?.closest('.react-flow__node')?.getAttribute('data-id');
    if (node) {
      const drawn = nodesDrawn(trace.document, node);
      if (!drawn.every((id) => selection.nodes.has(id))) select({ nodes: new Set(drawn) });
      return 'node';
    }
    const wire =
      element?.closest('.react-flow__edge')?.getAttribute('data-id') ??
      element?.closest<HTMLElement>('.wire-label')?.dataset.wire;
    if (!wire) return 'canvas';
    if (!selection.wires.has(wireId(wire))) selectWire(wireId(wire));
    return selection.nodes.size > 0 && selection.wires.has(wireId(wire)) ? 'node' : 'wire';
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={canvas} onContextMenu={onContextMenu} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="menu-positioner">
          <ContextMenu.Popup className="menu" aria-label={strings.canvas.menu}>
            <MenuSections
              sections={sections[target]}
              instead={{
                'graph.add': () => addAt(point.current),
                'graph.note': () => noteAt(point.current),
              }}
            />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
