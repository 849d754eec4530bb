import type { EditorStore } from '../store/index.ts';
import { strings } from '../strings/en.ts';

/** What the document is called: by its file, or before it has one, by its title. */
export function shownName({ file, editor }: Pick<EditorStore, 'file' | 'editor'>): string {
  if (file.ref === null) return editor.document.title || strings.untitled;
  const { extension } = strings.files;
  return file.name.endsWith(extension) ? file.name.slice(0, -extension.length) : file.name;
}
