import { Menu } from '@base-ui/react/menu';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { exportDialog } from '../export/index.ts';
import { type DocumentFiles, examples } from '../files/index.ts';
import { type CommandId, shortcut } from '../host/index.ts';
import { MenuButton, menuStore } from '../menu/index.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';

interface FileMenuProps {
  readonly files: DocumentFiles;
}

/** New, examples, open, save: also where there is no native menu. */
export function FileMenu({ files }: FileMenuProps) {
  const text = strings.files;
  const face = (
    <>
      {strings.topBar.file}
      <ChevronDown size={14} aria-hidden="true" />
    </>
  );
  return (
    <MenuButton className="button quiet menu-trigger" face={face}>
      <Entry label={text.new} command="file.new" run={() => files.newDocument()} />
      <Submenu label={text.example}>
        <Examples files={files} />
      </Submenu>
      <Menu.Separator className="menu-separator" />
      <Entry label={text.open} command="file.open" run={() => files.open()} />
      <Entry label={text.save} command="file.save" run={() => files.save()} />
      <Entry label={text.saveAs} command="file.saveAs" run={() => files.save({ as: true })} />
      <Menu.Separator className="menu-separator" />
      <Entry label={text.revert} command="file.revert" run={() => files.revert()} />
      <Entry label={text.versions} command="file.versions" run={() => files.showVersions()} />
      <Menu.Separator className="menu-separator" />
      <Entry label={text.import} command="file.import" run={() => files.import()} />
      <Entry
        label={text.export}
        command="file.export"
        run={async () => exportDialog.setState({ open: true })}
      />
    </MenuButton>
  );
}

/** The worked examples, a submenu for each topic. */
function Examples({ files }: FileMenuProps) {
  const { topics, lessons } = useStore(examples);
  return topics.map((topic) => (
    <Submenu key={topic} label={topic}>
      {lessons
        .filter((lesson) => lesson.topic === topic)
        .map((lesson) => (
          <Entry key={lesson.id} label={lesson.title} run={() => files.newFromLesson(lesson)} />
        ))}
    </Submenu>
  ));
}

interface SubmenuProps {
  readonly label: string;
  readonly children: ReactNode;
}

function Submenu({ label, children }: SubmenuProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="menu-item" delay={0}>
        {label}
        <ChevronRight size={14} aria-hidden="true" />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" sideOffset={2} alignOffset={-7}>
          <Menu.Popup className="menu">{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}

interface EntryProps {
  readonly label: string;
  readonly command?: CommandId;
  run(): Promise<unknown>;
}

function Entry({ label, command, run }: EntryProps) {
  const { host } = useServices();
  const disabled = useStore(menuStore, (state) => command && state.disabled.includes(command));
  return (
    <Menu.Item className="menu-item" disabled={disabled ?? false} onClick={() => void run()}>
      {label}
      {command && <span className="menu-keys">{shortcut(command, host.platform)}</span>}
    </Menu.Item>
  );
}
