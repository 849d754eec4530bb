export { CommandMenu, MenuSections } from './CommandMenu.tsx';
export { menuStore } from './menu-state.ts';
