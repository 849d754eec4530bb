/** The app's colours (tokens.css), for pictures that stand alone. */
export interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly line: string;
  readonly ink: string;
  readonly dim: string;
  readonly faint: string;
  readonly value: string;
  readonly gradient: string;
  readonly local: string;
  readonly warning: string;
  readonly hot: string;
}

export const palettes = {
  light: {
    paper: '#fbfaf7',
    panel: '#ffffff',
    line: '#e4e1da',
    ink: '#1d1f24',
    dim: '#6b6f78',
    faint: '#a5a8af',
    value: '#1b5fb8',
    gradient: '#c8370a',
    local: '#7a3fb0',
    warning: '#b86e00',
    hot: '#fff3ec',
  },
  dark: {
    paper: '#14161b',
    panel: '#1b1e25',
    line: '#2c313b',
    ink: '#eceef2',
    dim: '#9aa1ad',
    faint: '#646b78',
    value: '#78b0ff',
    gradient: '#ff8a5c',
    local: '#c79bff',
    warning: '#ffb454',
    hot: '#3a221a',
  },
} as const satisfies Record<string, Palette>;

export type ThemeName = keyof typeof palettes;

/** Colours that frames, groups and notes may have (groups.css). */
export const hues: Readonly<Record<string, string>> = {
  gray: '#8a8a93',
  blue: '#2f6fd0',
  green: '#2e8b57',
  yellow: '#c99a06',
  red: '#c8374a',
  purple: '#7d52c7',
};

/** So much of one colour over another: what the app paints half transparent. */
export function mix(over: string, under: string, share: number): string {
  const [a, b] = [channels(over), channels(under)];
  const hex = a.map((x, at) => Math.round(x * share + (b[at] ?? 0) * (1 - share)));
  return `#${hex.map((x) => x.toString(16).padStart(2, '0')).join('')}`;
}

/** Red, green and blue, from 0 to 255. */
export function channels(colour: string): readonly [number, number, number] {
  const at = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16);
  return [at(1), at(3), at(5)];
}
