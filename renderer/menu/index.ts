export { CommandMenu, MenuSections } from './CommandMenu.tsx';
export { MenuButton } from './MenuButton.tsx';
export { menuStore } from './menu-state.ts';
