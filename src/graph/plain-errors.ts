import type { z } from 'zod';

/** One of zod's issues, as it asks for words. */
type Issue = z.core.$ZodRawIssue;

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** What goes after the place of the fault, where its schema has no words of its own for it. */
function plainly(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be ${oneOf(issue.options)}`
        : 'is not what can stand here';
    case 'unrecognized_keys':
      return `has an entry “${issue.keys[0]}” that means nothing here`;
    case 'too_small':
      return bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum);
    default:
      return undefined;
  }
}

function oneOf(values: readonly unknown[]): string {
  const [only] = values;
  const list = values.map((value) => (typeof value === 'string' ? `“${value}”` : String(value)));
  return values.length === 1 && only !== undefined ? `${list[0]}` : `one of ${list.join(', ')}`;
}

function bound(origin: string, relation: string, limit: number | bigint): string {
  const amount = `${relation} ${limit}`;
  if (origin === 'string') return `must have ${amount} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `must have ${amount} ${limit === 1 ? 'entry' : 'entries'}`;
  return `must be ${amount}`;
}

/** To be given to zod where a person will read what it says: what goes after the place of the fault, in plain words. */
export const inPlainWords = { error: plainly } as const;
