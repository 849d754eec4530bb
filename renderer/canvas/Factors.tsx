import { useNumbers } from '../store/index.ts';

/** What multiplies on a wire before its product travels on: local × upstream. */
export function Factors(props: { readonly local: number; readonly upstream: number }) {
  const numbers = useNumbers();
  return (
    <span className="factors">
      <span className="local">{numbers.operand(props.local)}</span>
      <span className="times">×</span>
      {numbers.operand(props.upstream)}
    </span>
  );
}
