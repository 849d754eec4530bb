import { checkSize, type Form, TensorError } from '#tensor';
import { type Operation, ShapeError } from './operation.ts';

/**
 * The form of an operation's output, by its shape rule: nothing is computed and no memory taken. Throws
 * `ShapeError` where the inputs do not fit, or where one example of the result would be too large to hold.
 */
export function outputForm(
  operation: Operation,
  inputs: Readonly<Record<string, Form>>,
  attrs: object,
): Form {
  const form = operation.form(inputs, attrs);
  try {
    checkSize(form.shape);
  } catch (error) {
    if (error instanceof TensorError) throw new ShapeError(error.message);
    throw error;
  }
  return form;
}
