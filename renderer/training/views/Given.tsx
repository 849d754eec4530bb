import type { Facts } from '#train';
import { useNumbers } from '../../store/index.ts';
import { Bitmap } from './Bitmap.tsx';
import { listOf } from './said.ts';

interface GivenProps {
  readonly values: ArrayLike<number>;
  readonly facts: Facts | undefined;
  /** What a screen reader says in its place; empty where it is said beside it. */
  readonly label: string;
  readonly size: number;
}

/** What a net is given: an image, or numbers. */
export function Given({ values, facts, label, size }: GivenProps) {
  const numbers = useNumbers();
  const picture = facts?.given.length === 1 ? facts.given[0]?.picture : undefined;
  if (picture) {
    return <Bitmap label={label} data={values} picture={picture} kind="image" size={size} />;
  }
  return (
    <span className="given-numbers numeric" style={{ minWidth: size }}>
      {listOf(values, numbers)}
    </span>
  );
}
