import { ExpressionError, parseExpression } from '#ops';

/** What a text in the palette's search means beside a name. */
export type TypedFormula =
  | { readonly kind: 'none' }
  | { readonly kind: 'expression'; readonly text: string }
  /** It looks like an expression, but cannot be read. */
  | { readonly kind: 'problem'; readonly message: string };

const none: TypedFormula = { kind: 'none' };

/**
 * Reads the text as an expression: `W*x + b`, `= a*b`. Without a leading `=`, what the palette finds by
 * name is not taken for one.
 */
export function readFormula(typed: string, found: boolean): TypedFormula {
  const asked = typed.trim().startsWith('=');
  const text = typed.trim().replace(/^=/, '').trim();
  if (text === '' || (!asked && (found || !/[-−+*/^·×()]/.test(text)))) return none;
  try {
    const expression = parseExpression(text);
    // A lone name or number is rather the beginning of something.
    if (!asked && expression.kind !== 'call') return none;
    return { kind: 'expression', text };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { kind: 'problem', message: error.message };
  }
}
