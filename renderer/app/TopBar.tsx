import { Presentation, Redo2, Share, Undo2 } from 'lucide-react';
import { exportDialog } from '../export/index.ts';
import type { DocumentFiles } from '../files/index.ts';
import { MENUS, shortcut } from '../host/index.ts';
import { CommandMenu } from '../menu/index.ts';
import { QuizButton } from '../quiz/index.ts';
import { hasUnsavedChanges, useEditor, useServices, type Workspace } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { FileMenu } from './FileMenu.tsx';
import { NumbersMenu } from './NumbersMenu.tsx';
import { shownName } from './shown-name.ts';
import { ThemeMenu } from './ThemeMenu.tsx';

/** Those that the page has no other place for. */
const pageMenus = MENUS.filter(({ id }) => id === 'edit' || id === 'graph' || id === 'view');

const workspaces: readonly Workspace[] = ['build', 'trace', 'train'];

export function TopBar({ files }: { readonly files: DocumentFiles }) {
  const name = useEditor(shownName);
  const unsaved = useEditor(hasUnsavedChanges);
  const workspace = useEditor((state) => state.workspace);
  const { store } = useServices();
  return (
    <header className="top-bar">
      <div className="top-left">
        <h1 className="app-name">{strings.app}</h1>
        <FileMenu files={files} />
        {pageMenus.map((plan) => (
          <CommandMenu key={plan.id} plan={plan} />
        ))}
        <span className="document-name" data-testid="document-name">
          <span className="document-title">{name}</span>
          {unsaved && (
            <span className="unsaved" role="img" aria-label={strings.topBar.unsaved}>
              •
            </span>
          )}
        </span>
      </div>
      <nav className="workspaces" aria-label={strings.workspaces.label}>
        {workspaces.map((id) => (
          <button
            key={id}
            type="button"
            aria-current={workspace === id ? 'page' : undefined}
            onClick={() => store.getState().setWorkspace(id)}
          >
            {strings.workspaces[id]}
          </button>
        ))}
      </nav>
      <div className="top-right">
        <UndoRedo />
        <NumbersMenu />
        <ThemeMenu />
        <QuizButton />
        <button
          type="button"
          className="button"
          onClick={() => store.getState().setPresenting(true)}
        >
          <Presentation size={15} aria-hidden="true" />
          <span className="button-label">{strings.topBar.present}</span>
        </button>
        <ExportButton />
      </div>
    </header>
  );
}

/** Opens Export, which a quiz keeps closed. */
function ExportButton() {
  const { host } = useServices();
  const asking = useEditor(({ quiz }) => quiz !== null);
  const { topBar } = strings;
  const hint = topBar.exportHint(shortcut('file.export', host.platform));
  return (
    <button
      type="button"
      className="button"
      title={asking ? topBar.exportInQuiz : hint}
      disabled={asking}
      onClick={() => exportDialog.setState({ open: true })}
    >
      <Share size={15} aria-hidden="true" />
      <span className="button-label">{topBar.export}</span>
    </button>
  );
}

function UndoRedo() {
  const { store, host } = useServices();
  const past = useEditor(({ editor }) => editor.past.at(-1)?.label);
  const future = useEditor(({ editor }) => editor.future.at(-1)?.label);
  const { topBar } = strings;
  const undoKeys = shortcut('edit.undo', host.platform);
  const redoKeys = shortcut('edit.redo', host.platform);
  return (
    <>
      <button
        type="button"
        className="button quiet icon"
        aria-label={topBar.undo}
        title={past ? topBar.undoOf(past, undoKeys) : topBar.nothingToUndo}
        disabled={past === undefined}
        onClick={() => store.getState().undo()}
      >
        <Undo2 size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button quiet icon"
        aria-label={topBar.redo}
        title={future ? topBar.redoOf(future, redoKeys) : topBar.nothingToRedo}
        disabled={future === undefined}
        onClick={() => store.getState().redo()}
      >
        <Redo2 size={16} aria-hidden="true" />
      </button>
    </>
  );
}
