const code = (character: string) => character.charCodeAt(0);
const [quote, backslash, colon] = [code('"'), code('\\'), code(':')];
const [list, object, listEnd, objectEnd] = [code('['), code('{'), code(']'), code('}')];

/** What a text of JSON asks of its parser. */
export interface Demand {
  /** How deep brackets are nested. */
  readonly depth: number;
  /** How many entries all objects have together. */
  readonly entries: number;
}

/**
 * Looked at before a text is parsed: what is nested a million deep, or has ten million names, exhausts the memory of
 * the parser, and with it the process. What stands within strings does not count.
 */
export function demandOf(text: string): Demand {
  let [open, depth, entries] = [0, 0, 0];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === backslash) at++;
      else if (character === quote) quoted = false;
    } else if (character === quote) quoted = true;
    else if (character === colon) entries++;
    else if (character === list || character === object) depth = Math.max(depth, ++open);
    else if (character === listEnd || character === objectEnd) open--;
  }
  return { depth, entries };
}
