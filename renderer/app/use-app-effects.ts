import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { NodeId } from '#graph';
import { useFit, useShow } from '../canvas/index.ts';
import { type DocumentFiles, keepRecovery } from '../files/index.ts';
import { keymapStore } from '../host/index.ts';
import { menuStore } from '../menu/index.ts';
import { type EditorApi, hasUnsavedChanges, selectedNodes, useServices } from '../store/index.ts';
import type { LateTraining } from '../training/index.ts';
import { looksStore } from '../ui/looks.ts';
import { oncePainted, painted } from '../ui/painted.ts';
import { commandState } from './command-state.ts';
import { runCommand } from './commands.ts';
import { keepDisplay } from './display-memory.ts';
import { handleKey } from './keyboard.ts';
import { shownName } from './shown-name.ts';
import { keepTheme } from './theme-memory.ts';
import { useAdding } from './use-adding.ts';
import { useClipboard } from './use-clipboard.ts';

/** Ties the window to the store: commands, keys, title, theme, recovery, closing. */
export function useAppEffects(files: DocumentFiles, training: LateTraining): void {
  const { store, host } = useServices();
  const fit = useFit();
  const { zoomIn, zoomOut, zoomTo, fitView, getInternalNode } = useReactFlow();
  const clipboard = useClipboard();
  const adding = useAdding();
  const show = useShow();

  useEffect(() => {
    const fitSelection = ({ duration }: { readonly duration: number }) => {
      const nodes = selectedNodes(store.getState()).map((id) => ({ id }));
      if (nodes.length > 0) void fitView({ nodes, maxZoom: 2, padding: 0.3, duration });
    };
    const flow = { fit, fitSelection, zoomIn, zoomOut, zoomTo };
    const sizeOf = (id: NodeId) => {
      const { width, height } = getInternalNode(id)?.measured ?? {};
      return width !== undefined && height !== undefined ? { width, height } : undefined;
    };
    const context = { store, files, flow, training, clipboard, adding, show, sizeOf };
    return host.commands.onCommand((id) => runCommand(id, context));
  }, [
    store,
    host,
    files,
    training,
    clipboard,
    adding,
    show,
    fit,
    fitView,
    getInternalNode,
    zoomIn,
    zoomOut,
    zoomTo,
  ]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => handleKey(event, { store, host, adding });
    // Before React Flow, which moves nodes by the arrows.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [store, host, adding]);

  useEffect(() => {
    const tell = () => host.commands.setKeymap(keymapStore.getState().changed);
    tell();
    return keymapStore.subscribe(tell);
  }, [host]);

  useEffect(() => followPage(store, host), [store, host]);
  useEffect(() => oncePainted(() => followWindow(store, host, training)), [store, host, training]);
  useEffect(() => keepRecovery(store, host), [store, host]);

  useEffect(() => host.window.onCloseRequest(() => files.settleChanges()), [host, files]);
  useEffect(() => {
    const ends = [
      host.files.onOpenRequest(({ ref, name }) => void files.openRef(ref, name)),
      host.recovery.onRestoreRequest((id) => void files.restoreCopy(id)),
    ];
    void painted().then(() => files.offerRecovery());
    return () => {
      for (const end of ends) end();
    };
  }, [host, files]);
  useEffect(() => {
    const notice = () => void files.noticeChange();
    window.addEventListener('focus', notice);
    return () => window.removeEventListener('focus', notice);
  }, [files]);
  useEffect(() => takeDrops(files), [files]);
}

type Host = ReturnType<typeof useServices>['host'];

/** How the page looks follows the store: from the first picture on. */
function followPage(store: EditorApi, host: Host): () => void {
  let shownAt = 1;
  const follow = () => {
    const { theme, presenting } = store.getState();
    const { scale, groupColours } = looksStore.getState();
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    dataset.presenting = String(presenting);
    dataset.groupColours = String(groupColours);
    if (scale === shownAt) return;
    shownAt = scale;
    host.window.setScale(scale);
  };
  follow();
  const ends = [store.subscribe(follow), looksStore.subscribe(follow)];
  return () => {
    for (const end of ends) end();
  };
}

/** Title, unsaved mark, the system's theme, the menu's state and what is remembered follow the store. */
function followWindow(store: EditorApi, host: Host, training: LateTraining): () => void {
  let last = '';
  const follow = () => {
    const state = store.getState();
    const { theme, chosenDisplay } = state;
    const name = shownName(state);
    const dirty = hasUnsavedChanges(state);
    const menu = commandState(store, training, host.kind);
    const { ref } = state.file;
    const now = JSON.stringify([name, ref, dirty, theme, chosenDisplay, menu]);
    if (now === last) return;
    last = now;
    host.window.setDocument({ name, ref, dirty });
    // High contrast is the page's own: to the system it is a light one.
    host.window.setTheme(theme === 'contrast' ? 'light' : theme);
    host.commands.setState(menu);
    menuStore.setState(menu);
    keepTheme(theme);
    keepDisplay(chosenDisplay);
  };
  follow();
  const ends = [store.subscribe(follow), training.subscribe(follow), looksStore.subscribe(follow)];
  return () => {
    for (const end of ends) end();
  };
}

/** Files that are dropped anywhere on the window are opened, unless a part of it takes them for itself. */
function takeDrops(files: DocumentFiles): () => void {
  const { dataset } = document.documentElement;
  const over = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    dataset.dropping = 'true';
  };
  const leave = (event: DragEvent) => {
    // Left for good: not from one part of the window to another.
    if (event.relatedTarget === null) delete dataset.dropping;
  };
  const drop = (event: DragEvent) => {
    delete dataset.dropping;
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    void files.drop(event.dataTransfer);
  };
  window.addEventListener('dragover', over);
  window.addEventListener('dragleave', leave);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
  };
}
