/** What can be exported, and which of the options matter to it. */
export const formats = [
  { id: 'svg', kind: 'picture', ending: 'svg', takes: ['step', 'look', 'paper'], copies: true },
  { id: 'png', kind: 'picture', ending: 'png', takes: ['step', 'look', 'paper', 'size'] },
  { id: 'pdf', kind: 'picture', ending: 'pdf', takes: ['step', 'look', 'paper'] },
  { id: 'tikz', kind: 'picture', ending: 'tex', takes: ['step', 'look', 'paper'], copies: true },
  { id: 'dot', kind: 'picture', ending: 'dot', takes: ['look'], copies: true },
  { id: 'gif', kind: 'film', ending: 'gif', takes: ['look'] },
  { id: 'webm', kind: 'film', ending: 'webm', takes: ['look'] },
  { id: 'numpy', kind: 'code', ending: 'py', takes: [], copies: true },
  { id: 'pytorch', kind: 'code', ending: 'py', takes: [], copies: true },
  { id: 'onnx', kind: 'code', ending: 'onnx', takes: [] },
  { id: 'markdown', kind: 'text', ending: 'md', takes: [], copies: true },
  {
    id: 'json',
    kind: 'text',
    ending: 'gradwire',
    takes: ['selected', 'parameters'],
    copies: true,
  },
  { id: 'trace', kind: 'text', ending: 'json', takes: [], copies: true },
  { id: 'csv', kind: 'text', ending: 'csv', takes: [], copies: true },
] as const;

export type Format = (typeof formats)[number];
export type FormatId = Format['id'];
export type FormatKind = Format['kind'];
export type FormatOption = 'step' | 'look' | 'paper' | 'size' | 'selected' | 'parameters';

export const kinds: readonly FormatKind[] = ['picture', 'film', 'code', 'text'];

export interface ExportOptions {
  readonly format: FormatId;
  /** The step of the film, counted from 0, −1 before it; null shows everything. */
  readonly step: number | null;
  readonly theme: 'light' | 'dark';
  readonly values: boolean;
  readonly gradients: boolean;
  readonly paper: boolean;
  readonly size: 2 | 4;
  readonly onlySelected: boolean;
  readonly parameters: boolean;
}

export function formatOf(id: FormatId): Format {
  const found = formats.find((format) => format.id === id);
  if (!found) throw new Error(`There is no format ${id}.`);
  return found;
}

export function takes(format: Format, option: FormatOption): boolean {
  return format.takes.some((each) => each === option);
}
