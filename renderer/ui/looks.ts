import { z } from 'zod';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The sizes of the interface, 1 being the usual one. */
export const scales: readonly number[] = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

const schema = z.object({
  scale: z.number().refine((scale) => scales.includes(scale)),
  groupColours: z.boolean(),
  wheelPans: z.boolean(),
});

/** How a person wants the editor: for all documents and windows, and in the next session. */
export type Looks = Readonly<z.infer<typeof schema>>;

const usual: Looks = { scale: 1, groupColours: false, wheelPans: false };

const place = 'gradwire.looks';

export const looksStore = createStore<Looks>(remembered);

window.addEventListener('storage', ({ key }) => {
  if (key === place || key === null) looksStore.setState(remembered());
});

export function useLooks<T>(choose: (looks: Looks) => T): T {
  return useStore(looksStore, choose);
}

export function changeLooks(changed: Partial<Looks>): void {
  looksStore.setState(changed);
  try {
    localStorage.setItem(place, JSON.stringify(looksStore.getState()));
  } catch {
    // Storage is switched off: the choice holds for this session.
  }
}

/** The next larger or smaller size of the interface; the same at the end of the list. */
export function nextScale(scale: number, by: 1 | -1): number {
  return scales[scales.indexOf(scale) + by] ?? scale;
}

function remembered(): Looks {
  try {
    const { success, data } = schema.safeParse(JSON.parse(localStorage.getItem(place) ?? 'null'));
    return success ? data : usual;
  } catch {
    // Storage is switched off, or holds something else.
    return usual;
  }
}
