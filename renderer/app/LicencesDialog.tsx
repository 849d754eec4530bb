import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { strings } from '../strings/en.ts';
import { filing } from '../strings/en-files.ts';
import { dialogStore } from './dialogs.ts';

const text = filing.licences;

/** The licences of all that the program contains, as they were collected when it was built. */
export function LicencesDialog() {
  const { shown, open } = useStore(dialogStore);
  return (
    <Dialog.Root open={shown === 'licences'} onOpenChange={(is) => open(is ? 'licences' : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog wide" data-testid="licences">
          <Dialog.Title className="dialog-title">{text.title}</Dialog.Title>
          <Dialog.Description>{text.detail}</Dialog.Description>
          <Licences />
          <div className="dialog-actions">
            <Dialog.Close className="button primary">{strings.files.close}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Licences() {
  const [list, setList] = useState<string>(filing.loading);
  useEffect(() => {
    let current = true;
    fetchText().then((found) => current && setList(found));
    return () => {
      current = false;
    };
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section className="licences" tabIndex={0} aria-label={text.list}>
      <pre>{list}</pre>
    </section>
  );
}

async function fetchText(): Promise<string> {
  const response = await fetch('licences.txt').catch(() => undefined);
  return response?.ok ? response.text() : text.missing;
}
