/** From the URL of a request to what it means: pure, so that every trick can be tested without a window. */

import { DATA_PATH } from './contract.ts';

/** Asked for by a page: a file of the app itself, or a file of a granted folder of data. */
export type Resource =
  | { readonly kind: 'page'; readonly segments: readonly string[] }
  | { readonly kind: 'data'; readonly ref: string; readonly name: string };

const HOST = 'gradwire';

/** Null where the text is no URL at all. */
export const parseUrl = (url: string): URL | null => (URL.canParse(url) ? new URL(url) : null);

/**
 * Null for anything that is not exactly a path of ours. The URL parser has resolved `..` by now; what is left to
 * refuse are separators and dots that hide behind an escape.
 */
export function parseResource(url: string): Resource | null {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== 'app:' || parsed.host !== HOST) return null;
  const segments = parsed.pathname.slice(1).split('/').map(decode);
  if (!segments.every(isPlainName)) return null;
  const [first, ref, ...names] = segments;
  if (`/${first}/` !== DATA_PATH) return { kind: 'page', segments };
  if (ref === undefined || names.length === 0) return null;
  return { kind: 'data', ref, name: names.join('/') };
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function isPlainName(segment: string | null): segment is string {
  if (segment === null || segment === '' || segment === '.' || segment === '..') return false;
  // A colon would name a drive or a stream of a file on Windows; names of data may hold one elsewhere.
  return !/[/\\\0]/.test(segment) && !(process.platform === 'win32' && segment.includes(':'));
}

/** The documents named on a command line; Chromium shuffles its own switches in, hence by ending, not by position. */
export function documentArguments(argv: readonly string[]): string[] {
  return argv.filter((argument) => !argument.startsWith('-') && /\.gradwire$/i.test(argument));
}
