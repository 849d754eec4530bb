import type { TypedFormula } from '../search/formula.ts';
import { insight } from '../strings/en-insight.ts';

interface FormulaOfferProps {
  readonly formula: TypedFormula;
  addGraph(text: string): void;
  addNode(text: string): void;
}

/** What can be made of an expression that was typed instead of a name. */
export function FormulaOffer({ formula, addGraph, addNode }: FormulaOfferProps) {
  if (formula.kind === 'none') return null;
  if (formula.kind === 'problem') {
    return (
      <p className="field-problem palette-problem" role="alert" id="palette-problem">
        {formula.message}
      </p>
    );
  }
  const { text } = formula;
  return (
    <div className="formula-offer">
      <button
        type="button"
        className="formula-choice"
        aria-label={insight.formula.addGraph(text)}
        data-first="true"
        onClick={() => addGraph(text)}
      >
        <span>{insight.formula.graphOf}</span>
        <code>{text}</code>
        <kbd>⏎</kbd>
      </button>
      <button
        type="button"
        className="formula-choice"
        aria-label={insight.formula.addNode(text)}
        onClick={() => addNode(text)}
      >
        <span>{insight.formula.nodeOf}</span>
        <code>{text}</code>
      </button>
    </div>
  );
}
