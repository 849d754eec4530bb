export { beginNote, noteEditing } from './editing.ts';
export { Notes } from './Notes.tsx';
export { noteRects } from './note-rects.ts';
export { removeFocusedNote } from './remove-focused.ts';
