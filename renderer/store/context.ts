import { createContext, use, useRef } from 'react';
import { useStore } from 'zustand';
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

/**
 * The same for a small object or list made anew each time, compared entry by entry. (Zustand's own comparison
 * makes two maps of each object: a third of a film step's scripts on a graph of 500 nodes.)
 */
export function useEditorShallow<R extends object>(select: (state: EditorStore) => R): R {
  const last = useRef<R>(undefined);
  return useEditor((state) => {
    const next = select(state);
    if (!last.current || !sameEntries(last.current, next)) last.current = next;
    return last.current;
  });
}

/** Whether two objects or lists of the same kind have the same entries. */
function sameEntries<R extends object>(one: R, other: R): boolean {
  for (const key in one) if (!Object.is(one[key], other[key])) return false;
  return Object.keys(one).length === Object.keys(other).length;
}
