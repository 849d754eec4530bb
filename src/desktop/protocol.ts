/** `app://gradwire/`: the app's pages, and under `data/` the files of granted folders, streamed. */

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { net, protocol, type Session } from 'electron';
import type { Datasets } from './datasets.ts';
import { parseResource } from './paths.ts';
import { contentType, pageHeaders } from './policy.ts';

/** Call it before the app is ready: afterwards Chromium takes no more schemes. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

export interface Served {
  /** Folder of the built pages. */
  readonly pages: string;
  /** The development server's address; then the pages come from there, still under our own origin. */
  readonly devServer: string | null;
  readonly datasets: Datasets;
}

export function serve(session: Session, served: Served): void {
  session.protocol.handle('app', async (request) => {
    try {
      return await answer(request, served);
    } catch {
      return refuse(404, served);
    }
  });
}

async function answer(request: Request, served: Served): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, served);
  const resource = parseResource(request.url);
  if (resource === null) return refuse(404, served);
  if (resource.kind === 'data') {
    const path = await served.datasets.locate(resource.ref, resource.name);
    return path === null ? refuse(404, served) : sendData(path, request.method === 'HEAD', served);
  }
  return served.devServer === null
    ? sendPage(join(served.pages, ...resource.segments), request, served)
    : forward(served.devServer, request, served);
}

/** Pages are small and may lie inside an asar archive, which streams do not read. */
async function sendPage(path: string, request: Request, served: Served): Promise<Response> {
  const body = await readFile(path);
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: {
      ...headersFor(served),
      'Content-Type': contentType(path),
      'Content-Length': String(body.length),
    },
  });
}

async function sendData(path: string, headOnly: boolean, served: Served): Promise<Response> {
  const { size } = await stat(path);
  // `end` is inclusive: a file that grows meanwhile does not send more than was announced.
  const source =
    size === 0 || headOnly
      ? null
      : createReadStream(path, { end: size - 1, highWaterMark: 1 << 20 });
  return new Response(source && streamOf(source), {
    headers: {
      ...headersFor(served),
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(size),
    },
  });
}

/** Node's type of a web stream and the global one differ in name only. */
const streamOf = (source: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(source) as ReadableStream<Uint8Array>;

async function forward(devServer: string, request: Request, served: Served): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const response = await net.fetch(new URL(pathname + search, devServer).href, {
    method: request.method,
    headers: { accept: request.headers.get('accept') ?? '*/*' },
    bypassCustomProtocolHandlers: true,
  });
  const headers = new Headers(headersFor(served));
  headers.set('Content-Type', response.headers.get('content-type') ?? contentType(pathname));
  return new Response(response.body, { status: response.status, headers });
}

const headersFor = (served: Served) => pageHeaders(served.devServer !== null);

const refuse = (status: number, served: Served) =>
  new Response(null, { status, headers: headersFor(served) });
