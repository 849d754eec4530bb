import { flushSync } from 'react-dom';
import { nodeId, type WireId, wireId } from '#graph';
import {
  type EditorApi,
  insertSelected,
  nothingSelected,
  removeSelected,
  runToSelected,
  type Selection,
  selectAlong,
  toggleLoss,
  toggleReplicas,
} from '../store/index.ts';
import { enlargeStory, storyWire } from '../story/index.ts';
import { type FilmCommand, runComposite, runFilm } from './commands.ts';
import { renameSelected } from './rename.ts';
import { sayWhyNot } from './say-why-not.ts';

const filmKeys: Readonly<Record<string, FilmCommand>> = {
  ' ': 'run.playPause',
  ArrowRight: 'run.stepForward',
  ArrowLeft: 'run.stepBack',
  Home: 'run.toStart',
  End: 'run.toEnd',
};

/** Keys without a modifier, which belong to the page. Those typed into a field stay there. */
export function handleKey(event: KeyboardEvent, store: EditorApi): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'))
    return;
  const state = store.getState();
  if (handleFilmKey(event, target, store)) return;
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      // A wire or node that only has the focus is meant as well.
      if (isNothing(state.selection)) selectFocused(store, target);
      removeSelected(store);
      break;
    case 'Escape':
      state.showBubble(null);
      if (state.presenting) state.setPresenting(false);
      else if (state.replicas) toggleReplicas(store);
      else state.select(nothingSelected);
      break;
    case '/':
      // The palette is part of Build.
      if (state.workspace === 'trace') flushSync(() => state.setWorkspace('build'));
      // At once, so that no letter typed next is lost.
      document.getElementById('palette-search')?.focus();
      break;
    case 'l':
    case 'L': {
      const [node] = state.selection.nodes;
      if (!node || state.selection.nodes.size > 1) return;
      toggleLoss(store, node);
      break;
    }
    case 'r':
    case 'R':
      runToSelected(store);
      break;
    case 'm':
    case 'M':
      if (state.workspace === 'train') return;
      toggleReplicas(store);
      break;
    case 'e':
    case 'E': {
      runComposite(event.shiftKey ? 'graph.collapse' : 'graph.expand', store);
      break;
    }
    case 'u':
    case 'U':
      sayWhyNot(store, selectAlong(store, 'upstream'));
      break;
    case 'd':
    case 'D':
      sayWhyNot(store, selectAlong(store, 'downstream'));
      break;
    case 'i':
    case 'I':
      sayWhyNot(store, insertSelected(store));
      break;
    case 'F2':
      selectFocused(store, target);
      renameSelected(store);
      break;
    case 'Enter': {
      // On a source that has the focus, Enter is for its value.
      const id = target?.closest('.react-flow__node-source')?.getAttribute('data-id');
      const node = state.trace.document.nodes.find((candidate) => candidate.id === id);
      if (target?.closest('button, a, td')) return;
      const wire = storyWire(state);
      if (node) state.beginEditing(node.id);
      // The first Enter selects the wire that has the focus; with the second its story is shown large.
      else if (wire !== undefined && isWireOrCanvas(target, wire)) enlargeStory(wire);
      else return;
      break;
    }
    default:
      return;
  }
  event.preventDefault();
}

function isNothing({ nodes, wires }: Selection): boolean {
  return nodes.size + wires.size === 0;
}

/** Selects the node or wire that has the focus. */
function selectFocused(store: EditorApi, target: Element | null): void {
  const part = target?.closest('.react-flow__edge, .react-flow__node');
  const id = part?.getAttribute('data-id');
  if (!part || !id) return;
  const { selectWire, selectNode } = store.getState();
  if (part.classList.contains('react-flow__edge')) selectWire(wireId(id));
  else selectNode(nodeId(id));
}

/** Whether Enter there means this wire: it has the focus, or nothing that has keys of its own does. */
function isWireOrCanvas(target: Element | null, wire: WireId): boolean {
  const focused = target?.closest('.react-flow__edge, .react-flow__node');
  return focused ? focused.getAttribute('data-id') === wire : true;
}

/** In Trace the arrows are the film's; elsewhere they nudge nodes, and only Space plays. */
function handleFilmKey(event: KeyboardEvent, target: Element | null, store: EditorApi): boolean {
  const command = filmKeys[event.key];
  if (!command || event.shiftKey) return false;
  const { workspace, quiz } = store.getState();
  if (workspace !== 'trace' || quiz) return false;
  // A focused button or slider keeps its own keys.
  const own = event.key === ' ' ? 'button, a' : '[role="slider"], [role="tab"]';
  if (target?.closest(own)) return false;
  event.preventDefault();
  event.stopPropagation();
  runFilm(command, store);
  return true;
}
