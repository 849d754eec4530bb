import { Dialog } from '@base-ui/react/dialog';
import { Fragment } from 'react';
import { useStore } from 'zustand';
import { COMMANDS, type CommandId, shortcut } from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { dialogStore } from './dialogs.ts';

const listed: readonly CommandId[] = [
  'file.new',
  'file.open',
  'file.save',
  'file.saveAs',
  'edit.undo',
  'edit.redo',
  'edit.cut',
  'edit.copy',
  'edit.paste',
  'edit.pasteKeeping',
  'edit.duplicate',
  'edit.selectAll',
  'graph.expand',
  'graph.collapse',
  'view.build',
  'view.trace',
  'view.train',
  'view.zoomFit',
  'view.present',
  'train.start',
];

export function ShortcutsDialog() {
  const { host } = useServices();
  const { shown, open } = useStore(dialogStore);
  const rows: readonly (readonly [string, string])[] = [
    ...strings.shortcuts.rows,
    ...listed.map((id) => [COMMANDS[id].label, shortcut(id, host.platform)] as const),
  ];
  return (
    <Dialog.Root open={shown === 'shortcuts'} onOpenChange={(is) => open(is ? 'shortcuts' : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">{strings.shortcuts.title}</Dialog.Title>
          <dl className="shortcut-table">
            {rows.map(([label, keys]) => (
              <Fragment key={label}>
                <dt>{label}</dt>
                <dd>{keys}</dd>
              </Fragment>
            ))}
          </dl>
          <div className="dialog-actions">
            <Dialog.Close className="button primary">{strings.files.close}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
