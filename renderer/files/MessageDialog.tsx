import { Dialog } from '@base-ui/react/dialog';
import { useStore } from 'zustand';
import { strings } from '../strings/en.ts';
import { messageStore } from './messages.ts';
import './dialog.css';

/** The one dialog for what went wrong with a file, or was found at start. */
export function MessageDialog() {
  const { message, show } = useStore(messageStore);
  const actions = message?.actions ?? [{ label: strings.files.close, run: () => undefined }];
  return (
    <Dialog.Root open={message !== null} onOpenChange={(open) => !open && show(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog" data-testid="message">
          <Dialog.Title className="dialog-title">{message?.title}</Dialog.Title>
          <Dialog.Description>{message?.detail}</Dialog.Description>
          {message?.list && (
            <ul className="dialog-list">
              {message.list.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <div className="dialog-actions">
            {actions.map(({ label, run }, at) => (
              <Dialog.Close
                key={label}
                className={at === actions.length - 1 ? 'button primary' : 'button'}
                onClick={run}
              >
                {label}
              </Dialog.Close>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
