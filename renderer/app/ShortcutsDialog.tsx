import { Dialog } from '@base-ui/react/dialog';
import { Fragment, type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useStore } from 'zustand';
import {
  assignKeys,
  COMMANDS,
  type CommandId,
  commandsOf,
  hasOwnKeys,
  keymapStore,
  keysOf,
  keysOfEvent,
  MENUS,
  removeKeys,
  resetKeys,
  spelled,
} from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { commanding } from '../strings/en-commands.ts';
import { dialogStore } from './dialogs.ts';
import './shortcuts.css';

/** All commands with their keys, by menu, each of which can be changed here. */
export function ShortcutsDialog() {
  const { shown, open } = useStore(dialogStore);
  const close = useRef<HTMLButtonElement>(null);
  return (
    <Dialog.Root open={shown === 'shortcuts'} onOpenChange={(is) => open(is ? 'shortcuts' : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog shortcuts" data-testid="shortcuts" initialFocus={close}>
          <Sheet close={close} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Sheet({ close }: { readonly close: RefObject<HTMLButtonElement | null> }) {
  const [said, setSaid] = useState(commanding.keysHint);
  const changed = useStore(keymapStore, (state) => Object.keys(state.changed).length > 0);
  return (
    <>
      <Dialog.Title className="dialog-title">{commanding.keysTitle}</Dialog.Title>
      <Dialog.Description className="shortcuts-hint" role="status">
        {said}
      </Dialog.Description>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section className="shortcuts-columns" tabIndex={0} aria-label={commanding.list}>
        <div>
          {MENUS.map((plan) => (
            <section key={plan.id}>
              <h3 className="heading">{plan.label}</h3>
              <dl className="shortcut-table">
                {commandsOf(plan).map((id) => (
                  <Row key={id} id={id} say={setSaid} />
                ))}
              </dl>
            </section>
          ))}
          <section>
            <h3 className="heading">{commanding.gestures}</h3>
            <dl className="shortcut-table">
              {commanding.gestureRows.map(([label, keys]) => (
                <Fragment key={label}>
                  <dt>{label}</dt>
                  <dd className="shortcut-gesture">{keys}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        </div>
      </section>
      <div className="dialog-actions">
        {changed && (
          <button
            type="button"
            className="button"
            onClick={() => {
              resetKeys();
              setSaid(commanding.keysHint);
            }}
          >
            {commanding.reset}
          </button>
        )}
        <Dialog.Close className="button primary" ref={close}>
          {strings.files.close}
        </Dialog.Close>
      </div>
    </>
  );
}

interface RowProps {
  readonly id: CommandId;
  say(sentence: string): void;
}

function Row({ id, say }: RowProps) {
  const { host } = useServices();
  // The keys of this command, whenever any are changed.
  const keys = useStore(keymapStore, () => keysOf(id).join(' '));
  const [waiting, setWaiting] = useState(false);
  const { label } = COMMANDS[id];
  const written = keys
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => spelled(each, host.platform))
    .join(', ');
  if (hasOwnKeys(id)) {
    return (
      <>
        <dt>{label}</dt>
        <dd className="shortcut-gesture" title={commanding.fixed}>
          {written}
        </dd>
      </>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!waiting || event.key === 'Tab') return;
    const pressed = keysOfEvent(event.nativeEvent, host.platform);
    event.preventDefault();
    event.stopPropagation();
    if (pressed === null) return;
    setWaiting(false);
    if (pressed === 'Escape') return;
    // Alone, the key that deletes deletes the shortcut; the command “Delete” takes it all the same.
    if (pressed === 'Delete' && id !== 'edit.delete') {
      removeKeys(id);
      say(commanding.removed(label));
      return;
    }
    const refused = assignKeys(id, pressed);
    if (refused === 'not-keys') say(commanding.notKeys);
    else if (refused === 'kept') say(commanding.kept(spelled(pressed, host.platform)));
    else if (refused) say(commanding.taken(COMMANDS[refused].label));
    else say(commanding.assigned(label, spelled(pressed, host.platform)));
  };
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <button
          type="button"
          className="shortcut-keys"
          data-waiting={waiting}
          data-command={id}
          aria-label={commanding.change(label, written || commanding.noKeys)}
          onClick={() => setWaiting(true)}
          onBlur={() => setWaiting(false)}
          onKeyDown={onKeyDown}
        >
          {waiting ? commanding.pressKeys : written || '—'}
        </button>
      </dd>
    </>
  );
}
