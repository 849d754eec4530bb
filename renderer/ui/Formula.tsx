import katex from 'katex';
import { useLayoutEffect, useRef } from 'react';
import './math.css';

interface FormulaProps {
  readonly latex: string;
  readonly display?: boolean;
  readonly className?: string;
}

/** A formula set by KaTeX, with MathML beside it for screen readers. */
export function Formula({ latex, display = false, className = '' }: FormulaProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    katex.render(latex, element.current, { displayMode: display, throwOnError: false });
  }, [latex, display]);
  return <span ref={element} className={`formula ${className}`} />;
}
