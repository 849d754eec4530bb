import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { boundsOf, type Fragment, type Position, shiftBeside, shiftTo } from '#graph';
import { useBringIntoView } from '../canvas/index.ts';
import { type CommandId, shortcut, textEdit } from '../host/index.ts';
import {
  copySelected,
  cutSelected,
  duplicateSelected,
  pasteText,
  useServices,
} from '../store/index.ts';
import { clipping } from '../strings/en-clipboard.ts';
import { sayWhyNot } from './say-why-not.ts';

/** What menus call; the keys reach the page as events of their own. */
export interface Clipboard {
  cut(): void;
  copy(): void;
  paste(options?: { readonly keepIncoming: boolean }): void;
  duplicate(): void;
}

type ClipboardCommand = 'edit.cut' | 'edit.copy' | 'edit.paste';

/**
 * Nodes on the system's clipboard, as text, by the page's `cut`, `copy` and `paste` events: those need no permission,
 * and text fields keep their own.
 */
export function useClipboard(): Clipboard {
  const { store, host } = useServices();
  const { screenToFlowPosition } = useReactFlow();
  const flow = useStoreApi();
  const bringIntoView = useBringIntoView();
  /** Where the mouse was last; null once something was chosen from a menu, where it says nothing. */
  const pointer = useRef<Position | null>(null);
  const keepIncoming = useRef(false);

  useEffect(() => {
    const shift = (fragment: Fragment): Position => {
      const { document } = store.getState().editor;
      const { width, height, transform } = flow.getState();
      const [tx, ty, zoom] = transform;
      if (pointer.current && isOnCanvas(pointer.current)) {
        return shiftTo(document, fragment, screenToFlowPosition(pointer.current));
      }
      const box = boundsOf(fragment.graph.nodes);
      const inView =
        (box.x + box.width) * zoom + tx > 0 &&
        (box.y + box.height) * zoom + ty > 0 &&
        box.x * zoom + tx < width &&
        box.y * zoom + ty < height;
      const middle = { x: (width / 2 - tx) / zoom, y: (height / 2 - ty) / zoom };
      return inView ? shiftBeside(document, fragment) : shiftTo(document, fragment, middle);
    };
    const take = (event: ClipboardEvent, text: string | undefined) => {
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => {
      if (meansGraph(event, 'edit.copy')) take(event, copySelected(store));
    };
    const onCut = (event: ClipboardEvent) => {
      if (meansGraph(event, 'edit.cut')) take(event, cutSelected(store));
    };
    const onPaste = (event: ClipboardEvent) => {
      const keeping = keepIncoming.current;
      keepIncoming.current = false;
      if (!meansGraph(event, 'edit.paste')) return;
      event.preventDefault();
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const before = store.getState().editor;
      const said = text
        ? pasteText(store, text, { shift, keepIncoming: keeping })
        : clipping.noText;
      sayWhyNot(store, said);
      const { editor, selection } = store.getState();
      if (editor !== before) bringIntoView([...selection.nodes]);
    };
    const onPointerMove = ({ clientX: x, clientY: y }: PointerEvent) => {
      pointer.current = { x, y };
    };
    const onKey = ({ key, shiftKey, ctrlKey, metaKey, type }: KeyboardEvent) => {
      if (key.toLowerCase() !== 'v') return;
      keepIncoming.current = type === 'keydown' && shiftKey && (ctrlKey || metaKey);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    window.addEventListener('pointermove', onPointerMove);
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('keyup', onKey, { capture: true });
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
      window.removeEventListener('pointermove', onPointerMove);
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('keyup', onKey, { capture: true });
    };
  }, [store, flow, screenToFlowPosition, bringIntoView]);

  return useMemo(() => {
    const trigger = async (edit: 'cut' | 'copy' | 'paste', command: CommandId) => {
      pointer.current = null;
      if (await host.clipboard.trigger(edit)) return;
      keepIncoming.current = false;
      sayWhyNot(store, clipping.keysOnly(shortcut(command, host.platform)));
    };
    return {
      cut: () => void trigger('cut', 'edit.cut'),
      copy: () => void trigger('copy', 'edit.copy'),
      paste: ({ keepIncoming: keeping } = { keepIncoming: false }) => {
        keepIncoming.current = keeping;
        void trigger('paste', keeping ? 'edit.pasteKeeping' : 'edit.paste');
      },
      duplicate: () => {
        const before = store.getState().editor;
        duplicateSelected(store);
        const { editor, selection } = store.getState();
        if (editor !== before) bringIntoView([...selection.nodes]);
      },
    };
  }, [store, host, bringIntoView]);
}

/** Whether the event is about nodes: not about text that is selected or written, nor about a dialog. */
function meansGraph({ target, defaultPrevented }: ClipboardEvent, id: ClipboardCommand): boolean {
  if (defaultPrevented || textEdit(id) !== null) return false;
  return !(target instanceof Element && target.closest('[role="dialog"]'));
}

function isOnCanvas({ x, y }: Position): boolean {
  return document.elementFromPoint(x, y)?.closest('[data-testid="canvas"]') != null;
}
