import type { EditorApi } from '../store/index.ts';

/** A command's refusal, in the middle of the canvas: where else it belongs, only a gesture knows. */
export function sayWhyNot(store: EditorApi, message: string | undefined): void {
  if (message === undefined) return;
  const canvas = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
  const { left = 0, top = 0, width = 0 } = canvas ?? {};
  store.getState().showBubble({ message, x: left + width / 2 - 160, y: top + 48 });
}
