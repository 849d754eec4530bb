import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { FileRef, SavedVersion, VersionId } from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { filing } from '../strings/en-files.ts';
import type { DocumentFiles } from './document-files.ts';
import { fileDialogs } from './file-dialogs.ts';
import { Preview } from './Preview.tsx';
import './dialog.css';

const text = filing.versions;

/** The saved versions of the document that were kept aside, with a look at each. */
export function VersionsDialog({ files }: { readonly files: DocumentFiles }) {
  const versions = useStore(fileDialogs, (state) => state.versions);
  const close = () => fileDialogs.setState({ versions: null });
  return (
    <Dialog.Root open={versions !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog wide" data-testid="versions">
          <Dialog.Title className="dialog-title">{text.title(versions?.name ?? '')}</Dialog.Title>
          <Dialog.Description>
            {versions?.list.length === 0 ? text.none : text.detail}
          </Dialog.Description>
          {versions && <Versions {...versions} files={files} close={close} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface VersionsProps {
  readonly ref: FileRef;
  readonly list: readonly SavedVersion[];
  readonly files: DocumentFiles;
  close(): void;
}

function Versions({ ref, list, files, close }: VersionsProps) {
  const { host } = useServices();
  const [chosen, choose] = useState<VersionId | undefined>(list[0]?.id);
  return (
    <>
      {chosen && (
        <div className="versions">
          <fieldset className="version-list" aria-label={text.list}>
            {list.map(({ id, savedAt }, at) => (
              <label key={id} className="version">
                <input
                  type="radio"
                  name="version"
                  checked={id === chosen}
                  onChange={() => choose(id)}
                />
                <span>
                  {filing.when(savedAt)}
                  {at === 0 && <span className="quiet-text"> · {text.newest}</span>}
                </span>
              </label>
            ))}
          </fieldset>
          <Preview id={chosen} load={() => host.files.version(ref, chosen)} />
        </div>
      )}
      <div className="dialog-actions">
        <Dialog.Close className="button">{strings.files.close}</Dialog.Close>
        {chosen && (
          <button
            type="button"
            className="button primary"
            onClick={() => {
              close();
              void files.restoreVersion(ref, chosen);
            }}
          >
            {text.restore}
          </button>
        )}
      </div>
    </>
  );
}
