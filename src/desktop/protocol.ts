/** `app://gradwire/`: the app's pages, and under `data/` the files of granted folders, streamed. */

import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { net, type ProtocolRequest, type ProtocolResponse, protocol, type Session } from 'electron';
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

/** What is sent: status, headers, bytes. */
type Answer = Required<Pick<ProtocolResponse, 'statusCode' | 'headers' | 'data'>>;

/**
 * Answers all requests of a session. By streams rather than by `protocol.handle`, which speaks in Node's web classes: to
 * load these takes a twentieth of the whole start, before the first byte of the first page.
 */
export function serve(session: Session, served: Served): void {
  session.protocol.registerStreamProtocol('app', (request, reply) => {
    answer(request, served)
      .catch(() => refuse(404, served))
      .then(reply);
  });
}

async function answer(request: ProtocolRequest, served: Served): Promise<Answer> {
  const { method, url } = request;
  if (method !== 'GET' && method !== 'HEAD') return refuse(405, served);
  const resource = parseResource(url);
  if (resource === null) return refuse(404, served);
  const headOnly = method === 'HEAD';
  if (resource.kind === 'data') {
    const path = await served.datasets.locate(resource.ref, resource.name);
    return path === null ? refuse(404, served) : sendData(path, headOnly, served);
  }
  return served.devServer === null
    ? sendPage(join(served.pages, ...resource.segments), headOnly, served)
    : forward(served.devServer, request, served);
}

/**
 * Pages are small and may lie inside an asar archive, which streams do not read. Read at once: a second of main's rounds
 * for each file would cost the start more than the disk does.
 */
function sendPage(path: string, headOnly: boolean, served: Served): Answer {
  const body = readFileSync(path);
  return {
    statusCode: 200,
    headers: {
      ...headersFor(served),
      'Content-Type': contentType(path),
      'Content-Length': String(body.length),
    },
    data: headOnly ? nothing() : Readable.from([body]),
  };
}

async function sendData(path: string, headOnly: boolean, served: Served): Promise<Answer> {
  const { size } = await stat(path);
  return {
    statusCode: 200,
    headers: {
      ...headersFor(served),
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(size),
    },
    // `end` is inclusive: a file that grows meanwhile does not send more than was announced.
    data:
      size === 0 || headOnly
        ? nothing()
        : createReadStream(path, { end: size - 1, highWaterMark: 1 << 20 }),
  };
}

async function forward(
  devServer: string,
  { method, url, headers: asked }: ProtocolRequest,
  served: Served,
): Promise<Answer> {
  const { pathname, search } = new URL(url);
  const response = await net.fetch(new URL(pathname + search, devServer).href, {
    method,
    headers: { accept: asked.Accept ?? '*/*' },
    bypassCustomProtocolHandlers: true,
  });
  const type = response.headers.get('content-type') ?? contentType(pathname);
  return {
    statusCode: response.status,
    headers: { ...headersFor(served), 'Content-Type': type },
    data: Readable.from([Buffer.from(await response.arrayBuffer())]),
  };
}

const headersFor = (served: Served) => pageHeaders(served.devServer !== null);

const nothing = () => Readable.from([]);

const refuse = (statusCode: number, served: Served): Answer => ({
  statusCode,
  headers: headersFor(served),
  data: nothing(),
});
