import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './io.ts';

/**
 * Reads a command's options and files. A negative number may follow an option as it is (`--seed -3`).
 * Throws `UsageError` with one sentence.
 */
export function readArgs<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: joinNegatives(args, options), options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Node adds advice on further lines and in further sentences.
    const [first = ''] = error.message.split(/\n|\. /);
    throw new UsageError(`${first.replace(/\.$/, '')}; gradwire --help lists the options.`);
  }
}

/** `--name -3` as `--name=-3`: on its own, Node's parser takes −3 for an option. */
function joinNegatives(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const takesText = last?.startsWith('--') && options[last.slice(2)]?.type === 'string';
    if (takesText && /^-[.\d]/.test(arg)) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
