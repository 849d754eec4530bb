import { useState } from 'react';
import { usePainted } from './painted.ts';

/** What a button does while what it opens is still to come: it remembers that it was pressed. */
interface Early {
  readonly onPointerDown: () => void;
  readonly onClick: () => void;
}

/**
 * For a button whose menu comes after the first picture.
 * @returns until then, what the plain button does; afterwards whether it was pressed, so that the menu opens at once
 */
export function useEarlyPress(): { readonly early: Early } | { readonly wasPressed: boolean } {
  const [wasPressed, setPressed] = useState(false);
  if (usePainted()) return { wasPressed };
  const press = () => setPressed(true);
  // A press counts from its beginning: the button may be another when it ends.
  return { early: { onPointerDown: press, onClick: press } };
}
