import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useRef } from 'react';
import { useEarlyPress } from '../ui/early-press.ts';

interface MenuButtonProps {
  readonly className: string;
  /** What is written on the button, or drawn; then `label` says it. */
  readonly face: ReactNode;
  readonly label?: string;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** A button that opens a menu. In the first picture it is a button and no more; its menu comes right after. */
export function MenuButton({ className, face, label, align = 'start', children }: MenuButtonProps) {
  // Inside the header, so that the menu belongs to a landmark of the page.
  const place = useRef<HTMLDivElement>(null);
  const named = label === undefined ? {} : { 'aria-label': label };
  const press = useEarlyPress();
  if ('early' in press) {
    return (
      <button type="button" className={className} aria-haspopup="menu" {...named} {...press.early}>
        {face}
      </button>
    );
  }
  return (
    <Menu.Root defaultOpen={press.wasPressed}>
      <Menu.Trigger className={className} {...named}>
        {face}
      </Menu.Trigger>
      <div ref={place} className="menu-place" />
      <Menu.Portal container={place}>
        <Menu.Positioner className="menu-positioner" sideOffset={4} align={align}>
          <Menu.Popup className="menu">{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
