import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import { Fragment } from 'react';
import { useStore } from 'zustand';
import {
  COMMANDS,
  type CommandId,
  type MenuEntry,
  type MenuPlan,
  shortcut,
} from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { MenuButton } from './MenuButton.tsx';
import { menuStore } from './menu-state.ts';
import './menu.css';

/** A menu of the plan, as in the native one; also where there is none. */
export function CommandMenu({ plan }: { readonly plan: MenuPlan }) {
  const face = (
    <>
      {plan.label}
      <ChevronDown size={14} aria-hidden="true" />
    </>
  );
  return (
    <MenuButton className="button quiet menu-trigger" face={face}>
      <MenuSections sections={plan.sections} />
    </MenuButton>
  );
}

interface MenuSectionsProps extends Pick<MenuPlan, 'sections'> {
  /** What a command does here rather than everywhere else. */
  readonly instead?: Readonly<Partial<Record<CommandId, () => void>>>;
}

/** Commands in groups, with their keys; what only the native menu has is left out. */
export function MenuSections({ sections, instead = {} }: MenuSectionsProps) {
  return sections.map((entries) => {
    const ids = entries.flatMap(commandsIn);
    const [first] = ids;
    if (!first) return null;
    return (
      <Menu.Group className="menu-group" key={first}>
        {ids.map((id) => (
          <CommandEntry key={id} command={id} instead={instead[id]} />
        ))}
      </Menu.Group>
    );
  });
}

function commandsIn(entry: MenuEntry): readonly CommandId[] {
  if (typeof entry === 'string') return [entry];
  return 'entries' in entry ? entry.entries : [];
}

interface CommandEntryProps {
  readonly command: CommandId;
  readonly instead: (() => void) | undefined;
}

function CommandEntry({ command, instead }: CommandEntryProps) {
  const { host } = useServices();
  const disabled = useStore(menuStore, (state) => state.disabled.includes(command));
  const checked = useStore(menuStore, (state) => state.checked.includes(command));
  const name = useStore(menuStore, (state) => state.named[command]);
  const { label, checkable } = COMMANDS[command];
  const run = instead ?? (() => host.commands.run(command));
  const content = (
    <Fragment>
      <span className="menu-name">
        {name ?? label}
        {checked && <Check size={14} aria-hidden="true" />}
      </span>
      <span className="menu-keys">{shortcut(command, host.platform)}</span>
    </Fragment>
  );
  return checkable ? (
    <Menu.CheckboxItem
      className="menu-item"
      disabled={disabled}
      checked={checked}
      onCheckedChange={run}
      closeOnClick
    >
      {content}
    </Menu.CheckboxItem>
  ) : (
    <Menu.Item className="menu-item" disabled={disabled} onClick={run}>
      {content}
    </Menu.Item>
  );
}
