import { nameParts } from '../format/names.ts';
import './math.css';

/** A name as mathematics sets it: italic, with its subscript. */
export function MathName({ name }: { readonly name: string }) {
  const { base, subscript } = nameParts(name);
  return (
    <span className="math-name">
      {base}
      {subscript && <sub>{subscript}</sub>}
    </span>
  );
}
