import { Menu } from '@base-ui/react/menu';
import { Check, Contrast, Moon, Sun } from 'lucide-react';
import { MenuButton } from '../menu/index.ts';
import { type ThemeChoice, useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { useResolvedTheme } from '../ui/theme.ts';

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast'];

const icons = { light: Sun, dark: Moon, contrast: Contrast };

export function ThemeMenu() {
  const { store } = useServices();
  const theme = useEditor((state) => state.theme);
  const Icon = icons[useResolvedTheme()];
  return (
    <MenuButton
      className="button quiet icon"
      label={strings.topBar.theme}
      face={<Icon size={16} aria-hidden="true" />}
      align="end"
    >
      <Menu.RadioGroup
        value={theme}
        onValueChange={(choice: ThemeChoice) => store.getState().setTheme(choice)}
      >
        {themes.map((choice) => (
          <Menu.RadioItem key={choice} value={choice} className="menu-item" closeOnClick>
            {strings.topBar.themes[choice]}
            <Menu.RadioItemIndicator>
              <Check size={14} aria-hidden="true" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </MenuButton>
  );
}
