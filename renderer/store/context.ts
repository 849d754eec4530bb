import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Numbers } from '../format/numbers.ts';
import type { Host } from '../host/index.ts';
import type { EditorApi, EditorStore } from './store.ts';

/** What every part of the interface is given: its store and the place it runs in. */
export interface Services {
  readonly store: EditorApi;
  readonly host: Host;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('The interface was rendered without its services.');
  return services;
}

/** Writes numbers the way that was chosen. */
export function useNumbers(): Numbers {
  return useEditor(({ numbers }) => numbers);
}

/** A part of the store; the component renders anew when that part changes. */
export function useEditor<R>(select: (state: EditorStore) => R): R {
  return useStore(useServices().store, select);
}

/** The same for a small object or list made anew each time, compared entry by entry. */
export function useEditorShallow<R>(select: (state: EditorStore) => R): R {
  return useStore(useServices().store, useShallow(select));
}
