// First, so that every part's own style comes after.
import './styles/index.ts';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { product } from '#first-lesson';
import { readParsed } from '#graph';
import { catalogue } from '#ops';
import { App } from './app/App.tsx';
import { rememberedDisplay } from './app/display-memory.ts';
import { rememberedTheme } from './app/theme-memory.ts';
import { DocumentFiles, loadExamples } from './files/index.ts';
import { createHost, keepOffline } from './host/index.ts';
import { createEditorStore } from './store/index.ts';
import { loadFirstFonts } from './styles/first-fonts.ts';
import { LateTraining } from './training/index.ts';
import { prepareFormulas } from './ui/Formula.tsx';
import { painted } from './ui/painted.ts';

loadFirstFonts();
const host = createHost();
if (host.kind === 'web') keepOffline();
// The first document a person sees is the first graph on every blackboard.
const { document: first } = readParsed(product.file, catalogue);
const store = createEditorStore(catalogue, first, {
  ref: null,
  name: product.title,
  about: product.text,
});
store.getState().setTheme(rememberedTheme());
store.getState().setDisplay(rememberedDisplay());
const files = new DocumentFiles(store, host);
const training = new LateTraining(store, host);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App services={{ store, host }} files={files} training={training} />
    </StrictMode>,
  );
}

void loadExamples();
// Half the panels hold formulas: what sets them comes while nobody does anything yet.
void painted().then(() => requestIdleCallback(() => void prepareFormulas()));
