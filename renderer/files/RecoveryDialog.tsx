import { Dialog } from '@base-ui/react/dialog';
import { type RefObject, useRef } from 'react';
import { useStore } from 'zustand';
import type { RecoveryOffer } from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { filing } from '../strings/en-files.ts';
import type { DocumentFiles } from './document-files.ts';
import { fileDialogs } from './file-dialogs.ts';
import { Preview } from './Preview.tsx';
import './dialog.css';

const text = filing.recovery;

/** What earlier sessions left behind: each copy is restored, discarded, or kept for a later decision. */
export function RecoveryDialog({ files }: { readonly files: DocumentFiles }) {
  const offers = useStore(fileDialogs, (state) => state.offers);
  const first = useRef<HTMLButtonElement>(null);
  return (
    <Dialog.Root
      open={offers.length > 0}
      onOpenChange={(open) => !open && fileDialogs.setState({ offers: [] })}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog wide" data-testid="recovery" initialFocus={first}>
          <Dialog.Title className="dialog-title">{text.title}</Dialog.Title>
          <Dialog.Description>{text.detail(offers.length)}</Dialog.Description>
          <ul className="offers">
            {offers.map((offer, at) => (
              <Offer
                key={offer.id}
                offer={offer}
                files={files}
                {...(at === 0 ? { restore: first } : {})}
              />
            ))}
          </ul>
          <div className="dialog-actions">
            <Dialog.Close className="button">{text.later}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface OfferProps {
  readonly offer: RecoveryOffer;
  readonly files: DocumentFiles;
  /** Where the focus goes at first. */
  readonly restore?: RefObject<HTMLButtonElement | null>;
}

function Offer({ offer, files, restore }: OfferProps) {
  const { host } = useServices();
  const { id, name, keptAt } = offer;
  const settle = () =>
    fileDialogs.setState(({ offers }) => ({ offers: offers.filter((each) => each.id !== id) }));
  return (
    <li className="offer">
      <Preview id={id} load={() => host.recovery.read(id)} />
      <div className="offer-about">
        <strong>{name ?? strings.untitled}</strong>
        <span className="quiet-text">{text.kept(keptAt)}</span>
        <div className="offer-actions">
          <button
            type="button"
            className="button"
            onClick={() => {
              settle();
              void host.recovery.refuse(id);
            }}
          >
            {text.discard}
          </button>
          <button
            type="button"
            className="button primary"
            ref={restore}
            onClick={() => {
              settle();
              void files.restoreCopy(id);
            }}
          >
            {text.restore}
          </button>
        </div>
      </div>
    </li>
  );
}
