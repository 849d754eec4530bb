import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { COMMANDS, type CommandId, shortcut } from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { menuStore } from './menu-state.ts';

const sections: readonly (readonly CommandId[])[] = [
  ['edit.undo', 'edit.redo'],
  ['edit.cut', 'edit.copy', 'edit.paste', 'edit.pasteKeeping', 'edit.duplicate'],
  ['edit.delete', 'edit.deleteReconnect', 'edit.rename'],
  ['edit.selectAll', 'edit.selectUpstream', 'edit.selectDownstream'],
  ['graph.insert', 'graph.expand', 'graph.collapse'],
];

/** What can be done with the selection: as in the native menu, also where there is none. */
export function EditMenu() {
  // Inside the header, so that it belongs to a landmark of the page.
  const place = useRef<HTMLDivElement>(null);
  return (
    <Menu.Root>
      <Menu.Trigger className="button quiet menu-trigger">
        {strings.topBar.edit}
        <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <div ref={place} />
      <Menu.Portal container={place}>
        <Menu.Positioner className="menu-positioner" sideOffset={4} align="start">
          <Menu.Popup className="menu">
            {sections.map((ids) => (
              <Menu.Group className="menu-group" key={ids[0]}>
                {ids.map((id) => (
                  <Entry key={id} command={id} />
                ))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ command }: { readonly command: CommandId }) {
  const { host } = useServices();
  const disabled = useStore(menuStore, (state) => state.disabled.includes(command));
  return (
    <Menu.Item className="menu-item" disabled={disabled} onClick={() => host.commands.run(command)}>
      {COMMANDS[command].label}
      <span className="menu-keys">{shortcut(command, host.platform)}</span>
    </Menu.Item>
  );
}
