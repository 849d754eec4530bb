/** What `gradwire COMMAND --help` says, in the same form for every command. */
export interface Help {
  /** How it is called, one line for each way. */
  readonly usage: readonly string[];
  /** What it does, in a few lines. */
  readonly about: string;
  /** Options with what each means and its default, under headings; lines that belong together in one entry. */
  readonly options: Readonly<
    Record<string, readonly (readonly [option: string, meaning: string])[]>
  >;
  /** What its exit statuses mean, from 0 on. */
  readonly exits: readonly (string | undefined)[];
  readonly examples: readonly string[];
}

/** Columns that options take before what they mean begins; what is longer has a line for itself. */
const margin = 26;
const widest = 100;

function entry([option, meaning]: readonly [string, string]): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of meaning.split(' ')) {
    if (line && margin + line.length + 1 + word.length > widest) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  const texts = [...lines, line].map((text) => ' '.repeat(margin) + text);
  const head = `  ${option}`;
  if (head.length >= margin) return [head, ...texts];
  const [first = '', ...rest] = texts;
  return [head + first.slice(head.length), ...rest];
}

export function helpText({ usage, about, options, exits, examples }: Help): string {
  const codes = exits.flatMap((meaning, code) =>
    meaning === undefined ? [] : entry([`${code}`, meaning]),
  );
  const sections = [
    usage,
    about.split('\n').map((line) => `  ${line}`),
    ...Object.entries(options).map(([title, list]) => [title, ...list.flatMap(entry)]),
    ['Exit status', ...codes],
    [examples.length > 1 ? 'Examples' : 'Example', ...examples.map((line) => `  ${line}`)],
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

/** What the last exit status means everywhere. */
export const failed = 'it could not be done: one sentence on standard error says why';

export const jsonOption = (prints: string) => ['--json', prints] as const;
export const outOption = [
  '--out PATH, -o PATH',
  'the file to write, whole or not at all (standard output without it, or with -)',
] as const;
