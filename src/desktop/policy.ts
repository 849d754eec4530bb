/** The headers of the app's own pages. */

function contentPolicy(development: boolean): string {
  // The development server injects inline scripts and talks over a web socket; its client tries the page's own host
  // first and must see that fail before it takes the right one.
  const inline = development ? " 'unsafe-inline'" : '';
  const socket = development ? ' ws://gradwire ws://localhost:* http://localhost:*' : '';
  return [
    "default-src 'none'",
    // WebAssembly is compiled; its threads are workers from files of ours, not from blobs (see vite.shared.ts).
    `script-src 'self' 'wasm-unsafe-eval'${inline}`,
    // React Flow, KaTeX and uPlot place things by style attributes and properties.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** With COOP and COEP the page is cross-origin isolated: without them there are no wasm threads. */
export function pageHeaders(development: boolean): Record<string, string> {
  return {
    'Content-Security-Policy': contentPolicy(development),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

/** By the name's ending; with `nosniff`, an unknown one is never run. */
export function contentType(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
