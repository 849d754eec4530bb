import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import Markdown, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { useServices } from '../store/index.ts';
import { NoteFormula } from './NoteFormula.tsx';
import { isUnbroken, PlainText } from './PlainText.tsx';

/** Deeper than this nobody writes, and the page could not show it. */
const deepest = 40;

interface Tree {
  readonly type: string;
  readonly children?: readonly Tree[];
  readonly position?: { readonly start: { readonly offset?: number } };
  data?: { hProperties?: object };
}

/** Two dollar signs mean a formula on a line of its own, also where their text does not stand on lines of its own. */
function setApart() {
  return (tree: Tree, file: { readonly value: unknown }) => {
    const text = String(file.value);
    let level: readonly Tree[] = [tree];
    while (level.length > 0) {
      for (const node of level) {
        const from = node.position?.start.offset;
        if (node.type !== 'inlineMath' || from === undefined || !node.data) continue;
        if (text.startsWith('$$', from)) {
          node.data.hProperties = { className: ['math-display'] };
        }
      }
      level = level.flatMap(({ children = [] }) => children);
    }
  };
}

function refuseDepth() {
  return (tree: Tree) => {
    let level: readonly Tree[] = [tree];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > deepest) throw new RangeError('The text is nested too deeply.');
      level = level.flatMap(({ children = [] }) => children);
    }
  };
}

/** Only https leads out of the program; every other address is text. */
function Link({ href, children }: { readonly href?: string; readonly children?: ReactNode }) {
  const { host } = useServices();
  if (!href?.startsWith('https://')) return <span>{children}</span>;
  return (
    <a
      href={href}
      title={href}
      draggable={false}
      onClick={(event) => {
        event.preventDefault();
        void host.openExternal(href);
      }}
    >
      {children}
    </a>
  );
}

/** The window has its own headings: a note's come below them. */
const components: Components = {
  a: ({ href, children }) => <Link {...(href ? { href } : {})}>{children}</Link>,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  // Pictures would have to be fetched from somewhere.
  img: ({ alt }) => <span>{alt}</span>,
  input: ({ checked }) => <span>{checked ? '☑' : '☐'}</span>,
  code: ({ className, children }) =>
    className?.includes('math-') ? (
      <NoteFormula latex={String(children)} display={className.includes('math-display')} />
    ) : (
      <code>{children}</code>
    ),
  pre: ({ node, children }) => {
    const [only] = node?.children ?? [];
    const classes = only?.type === 'element' ? only.properties.className : undefined;
    const formula = Array.isArray(classes) && classes.includes('math-display');
    return formula ? <div>{children}</div> : <pre>{children}</pre>;
  },
};

const options: Options = {
  components,
  remarkPlugins: [[remarkGfm, { singleTilde: false }], remarkMath, setApart],
  rehypePlugins: [refuseDepth],
  // HTML in a note is text, and nothing else gets onto the page.
  allowedElements: [
    ...['a', 'blockquote', 'br', 'code', 'del', 'em', 'hr', 'img', 'input', 'li', 'ol', 'p', 'pre'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'ul'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  unwrapDisallowed: true,
};

/** Quotations in quotations: to read them takes the square of their depth, before that can be refused. */
const quotedDeeply = new RegExp(`^(?:[ \\t]*>){${deepest}}`, 'm');

/** Milliseconds that notes may take at once; what is left has its turn when the window has had its own. */
const atOnce = 50;

/** Notes that wait to be set, in the order they came. */
const waiting = new Set<() => void>();

function setWaiting(): void {
  const end = performance.now() + atOnce;
  for (const next of waiting) {
    waiting.delete(next);
    next();
    if (performance.now() > end) break;
  }
  if (waiting.size > 0) setTimeout(setWaiting);
}

/** Calls back soon; of hundreds of notes not all at once. Returns the way to call it off. */
function inTurn(call: () => void): () => void {
  if (waiting.size === 0) setTimeout(setWaiting);
  waiting.add(call);
  return () => waiting.delete(call);
}

function set(text: string): ReactNode {
  if (isUnbroken(text) || quotedDeeply.test(text)) return <PlainText text={text} />;
  try {
    return Markdown({ ...options, children: text });
  } catch (error) {
    // What no person wrote: nesting beyond all bounds, which is recursion in the parser.
    if (error instanceof RangeError) return <PlainText text={text} />;
    throw error;
  }
}

/** A text this long is set at once: no one sees it plain first. */
const short = 200;

/** A note's text, set. A module of its own, loaded with the first note. */
export default function NoteMarkdown({ text }: { readonly text: string }) {
  const [laterText, setLaterText] = useState('');
  const isTurn = text.length <= short || laterText === text;
  useEffect(
    () => (isTurn ? undefined : inTurn(() => flushSync(() => setLaterText(text)))),
    [text, isTurn],
  );
  return useMemo(() => (isTurn ? set(text) : <PlainText text={text} />), [text, isTurn]);
}
