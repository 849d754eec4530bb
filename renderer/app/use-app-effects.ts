import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { type NodeId, writeDocument } from '#graph';
import { useFit, useShow } from '../canvas/index.ts';
import type { DocumentFiles } from '../files/index.ts';
import { keymapStore } from '../host/index.ts';
import { menuStore } from '../menu/index.ts';
import { type EditorApi, hasUnsavedChanges, selectedNodes, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import type { TrainingControl } from '../training/index.ts';
import { looksStore } from '../ui/looks.ts';
import { commandState } from './command-state.ts';
import { runCommand } from './commands.ts';
import { keepDisplay } from './display-memory.ts';
import { handleKey } from './keyboard.ts';
import { shownName } from './shown-name.ts';
import { keepTheme } from './theme-memory.ts';
import { useAdding } from './use-adding.ts';
import { useClipboard } from './use-clipboard.ts';

/** Ties the window to the store: commands, keys, title, theme, recovery, closing. */
export function useAppEffects(files: DocumentFiles, training: TrainingControl): void {
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

  useEffect(() => followWindow(store, host, training), [store, host, training]);
  useEffect(() => keepRecovery(store, host), [store, host]);

  useEffect(() => host.window.onCloseRequest(() => files.settleChanges()), [host, files]);
  useEffect(() => {
    const end = host.files.onOpenRequest(({ ref, name }) => void files.openRef(ref, name));
    void files.offerRecovery();
    return end;
  }, [host, files]);
}

type Host = ReturnType<typeof useServices>['host'];

/** Title, unsaved mark, theme and the menu's state follow the store. */
function followWindow(store: EditorApi, host: Host, training: TrainingControl): () => void {
  let last = '';
  const follow = () => {
    const state = store.getState();
    const { theme, presenting, chosenDisplay } = state;
    const name = shownName(state);
    const dirty = hasUnsavedChanges(state);
    const { scale, groupColours } = looksStore.getState();
    const menu = commandState(store, training, host.kind);
    const now = JSON.stringify([name, dirty, theme, presenting, chosenDisplay, menu, scale]);
    if (now === last) return;
    last = now;
    host.window.setDocument({ name, dirty });
    // High contrast is the page's own: to the system it is a light one.
    host.window.setTheme(theme === 'contrast' ? 'light' : theme);
    host.window.setScale(scale);
    host.commands.setState(menu);
    menuStore.setState(menu);
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    keepTheme(theme);
    keepDisplay(chosenDisplay);
    dataset.presenting = String(presenting);
    dataset.groupColours = String(groupColours);
  };
  follow();
  const ends = [store.subscribe(follow), training.subscribe(follow), looksStore.subscribe(follow)];
  return () => {
    for (const end of ends) end();
  };
}

const recoveryDelay = 800;

/** Some moments after an edit, a copy goes where a crash cannot reach it. */
function keepRecovery(store: EditorApi, host: Host): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = store.subscribe((state, before) => {
    if (state.editor === before.editor) return;
    clearTimeout(timer);
    if (!hasUnsavedChanges(state)) return;
    timer = setTimeout(() => {
      const { editor, registry, file } = store.getState();
      const name = file.name || strings.untitled;
      void host.recovery.keep(writeDocument(editor.document, registry), { name, ref: file.ref });
    }, recoveryDelay);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
