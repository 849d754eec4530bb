import { useNumbers } from '../store/index.ts';

/** What multiplies on a wire before its product travels on: local × upstream. */
export function Factors(props: {
  readonly local: number;
  readonly upstream: number;
  /** Whether one stands below the other: a short wire has no room for both. */
  readonly narrow: boolean;
}) {
  const numbers = useNumbers();
  return (
    <span className="factors" data-narrow={props.narrow}>
      <span>
        <span className="local">{numbers.operand(props.local)}</span>
        <span className="times">×</span>
      </span>
      {numbers.operand(props.upstream)}
    </span>
  );
}
