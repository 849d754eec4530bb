import { flushSync } from 'react-dom';
import type { WireId } from '#graph';
import { frameDrawn, holdHand } from '../canvas/index.ts';
import { type CommandId, commandOfEvent, type Host, isTyped, keysOfEvent } from '../host/index.ts';
import { type EditorApi, enterFrame, nothingSelected, toggleReplicas } from '../store/index.ts';
import { enlargeStory, storyWire } from '../story/index.ts';
import { selectFocused } from './focused.ts';
import type { Adding } from './use-adding.ts';

export interface KeyContext {
  readonly store: EditorApi;
  readonly host: Host;
  readonly adding: Adding;
}

const fields =
  'input, textarea, select, [contenteditable], [data-own-keys], [role="dialog"], [role="menu"]';

/** These mean the part that has the focus where nothing is selected. */
const ofTheFocus: ReadonlySet<CommandId | null> = new Set([
  'edit.delete',
  'edit.deleteReconnect',
  'graph.bypass',
  'graph.loss',
  'run.toSelected',
  'view.zoomSelection',
]);

/**
 * Keys that are typed (letters, arrows, Space), which belong to the page unless they are typed into a field; the host
 * sees to all others.
 */
export function handleKey(event: KeyboardEvent, context: KeyContext): void {
  const { store, host } = context;
  if (event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(fields)) return;
  const keys = keysOfEvent(event, host.platform);
  if (keys === null) return;
  const command = commandOfEvent(event, host.platform);
  const { selection } = store.getState();
  const nothing = selection.nodes.size + selection.wires.size === 0;
  // A name belongs to what has the focus, whatever is selected.
  if (command === 'edit.rename' || (nothing && ofTheFocus.has(command))) selectFocused(store);
  if (keys === 'Shift+F10' || keys === 'ContextMenu') {
    if (openMenuOf(target)) event.preventDefault();
    return;
  }
  if (!isTyped(keys)) return;
  if (keys === 'Space') {
    const runs = command !== null && (!isFilm(command) || filmTakes(event, command, target, store));
    // A press alone runs its command, once it ends: with a drag, Space moves the canvas.
    holdHand(runs ? () => host.commands.run(command) : null);
    if (!runs) return;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (command !== null) {
    if (isFilm(command) && !filmTakes(event, command, target, store)) return;
    event.preventDefault();
    // Before React Flow, which moves nodes by the arrows.
    if (isFilm(command)) event.stopPropagation();
    host.commands.run(command);
  } else if (handleOwnKey(event, keys, target, context)) {
    event.preventDefault();
  }
}

/** Keys that are no command's, and that nobody can rebind. Whether it was one of them. */
function handleOwnKey(
  event: KeyboardEvent,
  keys: string,
  target: Element | null,
  { store, adding }: KeyContext,
): boolean {
  const state = store.getState();
  switch (keys) {
    case 'Escape':
      state.showBubble(null);
      if (state.presenting) state.setPresenting(false);
      else if (state.replicas) toggleReplicas(store);
      else state.select(nothingSelected);
      // React Flow would select the part that has the focus.
      if (target?.closest('.react-flow__node, .react-flow__edge')) event.stopPropagation();
      return true;
    case '/':
      // The palette is part of Build.
      if (state.workspace === 'trace') flushSync(() => state.setWorkspace('build'));
      // At once, so that no letter typed next is lost.
      document.getElementById('palette-search')?.focus();
      return true;
    case 'Tab':
      // After a press on the canvas; where a part of it has the focus, Tab goes to the next.
      return target?.matches('[data-testid="canvas"]') === true && adding.open();
    case 'Enter': {
      // On a source that has the focus, Enter is for its value.
      const id = target?.closest('.react-flow__node-source')?.getAttribute('data-id');
      const node = state.trace.document.nodes.find((candidate) => candidate.id === id);
      if (target?.closest('button, a, td, .text-note')) return false;
      const drawn = target?.closest('.react-flow__node-folded')?.getAttribute('data-id');
      const frame = drawn ? frameDrawn(drawn) : null;
      if (frame !== null) {
        enterFrame(store, frame);
        return true;
      }
      const wire = storyWire(state);
      if (node) state.beginEditing(node.id);
      // The first Enter selects the wire that has the focus; with the second its story is shown large.
      else if (wire !== undefined && isWireOrCanvas(target, wire)) enlargeStory(wire);
      else return false;
      return true;
    }
  }
  // A number typed on the canvas becomes a constant, an expression a graph.
  return /^[0-9(=]$/.test(event.key) && !state.quiz && adding.open(event.key);
}

/** Opens the menu of the part of the canvas that has the focus, as the right button does. Whether there is one. */
function openMenuOf(target: Element | null): boolean {
  const canvas =
    target?.closest('[data-testid="canvas"]') ?? document.querySelector('[data-testid="canvas"]');
  const part = target?.closest('.react-flow__node, .react-flow__edge');
  if (!canvas || (target !== document.body && !target?.closest('[data-testid="canvas"]')))
    return false;
  const id = part?.getAttribute('data-id') ?? '';
  // A wire's own box is mostly empty: its label lies on it.
  const drawn =
    canvas.querySelector(`.wire-label[data-wire="${CSS.escape(id)}"]`) ?? part ?? canvas;
  const { x, y, width, height } = drawn.getBoundingClientRect();
  const at = { clientX: x + width / 2, clientY: y + height / 2 };
  (part ?? canvas).dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }),
  );
  return true;
}

/** Whether Enter there means this wire: it has the focus, or nothing that has keys of its own does. */
function isWireOrCanvas(target: Element | null, wire: WireId): boolean {
  const focused = target?.closest('.react-flow__edge, .react-flow__node');
  return focused ? focused.getAttribute('data-id') === wire : true;
}

function isFilm(command: CommandId): boolean {
  return command.startsWith('run.') && command !== 'run.toSelected';
}

/** In Trace the arrows are the film's; elsewhere they nudge nodes, and Space is a button's. */
function filmTakes(
  event: KeyboardEvent,
  command: CommandId,
  target: Element | null,
  store: EditorApi,
): boolean {
  const { workspace, quiz } = store.getState();
  if (event.defaultPrevented || workspace !== 'trace' || quiz) return false;
  // A focused button or slider keeps its own keys.
  const own = command === 'run.playPause' ? 'button, a' : '[role="slider"], [role="tab"]';
  return !target?.closest(own);
}
