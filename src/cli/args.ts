import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './io.ts';
import { orElse } from './nearest.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command's options and files. A negative number may follow an option as it is (`--seed -3`).
 * Throws `UsageError` with one sentence.
 */
export function readArgs<const O extends Options>(
  command: string,
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: joinNegatives(args, options), options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(wrong(command, error.message, options));
  }
}

/** What Node says, in our words. */
function wrong(command: string, message: string, options: Options): string {
  const [, option = ''] = /'(?:-\w, )?(-{1,2}[^' =]*)/.exec(message) ?? [];
  if (/unknown option/i.test(message)) {
    const known = Object.keys(options).map((name) => `--${name}`);
    const lists = `gradwire ${command} --help lists them.`;
    return `There is no option ${option}; ${orElse(option, [...known, '--help'], lists)}`;
  }
  if (/does not take an argument/.test(message)) return `${option} takes no value.`;
  if (/argument missing|ambiguous/.test(message)) return `${option} needs a value after it.`;
  return message.split('\n')[0] ?? message;
}

/** The option that a word is, in full: `--out` or `-o`. */
function nameOf(word: string, options: Options): string | undefined {
  if (word.startsWith('--'))
    return Object.hasOwn(options, word.slice(2)) ? word.slice(2) : undefined;
  return Object.keys(options).find((name) => `-${options[name]?.short}` === word);
}

const isOption = (word: string, options: Options) =>
  word.startsWith('--') || nameOf(word, options) !== undefined;

/** `--name -3` as `--name=-3`, and `-e -x` too: on its own, Node's parser takes −3 for an option. */
function joinNegatives(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const name = last === undefined ? undefined : nameOf(last, options);
    const takesText = name !== undefined && options[name]?.type === 'string';
    const isValue = /^-./.test(arg) && !isOption(arg, options);
    if (takesText && isValue) joined[joined.length - 1] = `--${name}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** The one FILE that a command takes. Throws `UsageError`. */
export function oneFile(command: string, [file, ...more]: readonly string[]): string {
  if (file !== undefined && more.length === 0) return file;
  const has = file === undefined ? 'none was given' : `${more.length + 1} were given`;
  throw new UsageError(`One FILE is needed, and ${has}; gradwire ${command} --help says more.`);
}

/** The files that a command takes, at least one. Throws `UsageError`. */
export function files(command: string, given: readonly string[]): readonly string[] {
  if (given.length > 0) return given;
  throw new UsageError(`At least one FILE is needed; gradwire ${command} --help says more.`);
}
