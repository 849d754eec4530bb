import type { z } from 'zod';
import { UsageError } from './io.ts';
import { orElse } from './nearest.ts';

/** Options that are not called as the setting is. */
const optionOf: Readonly<Record<string, string>> = {
  batchSize: 'batch',
  'data.scaling': 'scale',
  'data.labelSmoothing': 'smoothing',
  'data.augmentation': 'augment',
  'data.seed': 'data-seed',
};

/** `learning-rate` for `learningRate`. */
function optionFor([first = '', second = '']: readonly string[]): string {
  const name = first === 'data' ? second : first;
  const known = optionOf[first] ?? optionOf[`${first}.${second}`];
  return known ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What is wrong with a setting, by the option that gives it, in one sentence. */
export function settingError(error: z.ZodError, values: object): UsageError {
  const [issue] = error.issues;
  if (!issue) return new UsageError('The settings are not usable.');
  const path = issue.path.map(String);
  const option = optionFor(path);
  const given: unknown = Reflect.get(values, option);
  const choices = choicesOf(issue);
  // Which of several kinds a thing is, its `type` says: that is the option itself.
  if (issue.code === 'invalid_union') path.pop();
  const within = path.slice(path[0] === 'data' ? 2 : 1).join('.');
  const part = within === '' ? '' : `, “${within}”`;
  const name = given === undefined ? `The setting “${path.join('.')}”` : `--${option}${part}`;
  if (choices) {
    const otherwise = `“${given}” is none of them.`;
    const end = orElse(String(given), choices, otherwise);
    return new UsageError(`${name} is one of ${choices.join(', ')}; ${end}`);
  }
  if (issue.code === 'invalid_type') {
    const kind = issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    return new UsageError(`${name} is ${kind}, and “${given}” is none.`);
  }
  return new UsageError(`${name}: ${issue.message}`);
}

function choicesOf(issue: z.core.$ZodIssue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  const isChoice = issue.code === 'invalid_union' && 'options' in issue;
  return isChoice && Array.isArray(issue.options) ? issue.options.map(String) : undefined;
}
