/**
 * The web server of the demo and the tests for the panel's page: a few files, read once, under a
 * strict content security policy. Nothing but those files can be asked for, whatever the path says.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PanelServerOptions {
  /** Where the built panel lies. */
  readonly folder: string;
  /** The API that the page asks; nothing else may be connected to. */
  readonly apiUrl: string;
  /** Left out: a free one. */
  readonly port?: number;
}

export interface PanelServer {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  close(): Promise<void>;
}

interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
}

const INDEX = 'index.html';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/**
 * Serves the built panel on 127.0.0.1.
 *
 * @throws Error if it isn't built.
 */
export async function startPanelServer(options: PanelServerOptions): Promise<PanelServer> {
  const files = await readFiles(options.folder, options.apiUrl);
  const policy = contentSecurityPolicy(options.apiUrl);
  const server = createServer((request, response) => serve(files, policy, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * What the page may do: run and style itself by its own files, and ask the API. Markup is made by
 * Lit's templates alone; a string that is put into the page as markup or script is refused.
 */
export function contentSecurityPolicy(apiUrl: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src ${new URL(apiUrl).origin}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html`,
  ].join('; ');
}

function serve(
  files: ReadonlyMap<string, StaticFile>,
  policy: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const headers: Record<string, string> = {
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  const refuse = (status: number, words: string, more: Record<string, string> = {}): void => {
    response
      .writeHead(status, { ...headers, ...more, 'content-type': 'text/plain; charset=utf-8' })
      .end(`${words}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
  }
  const [pathname = '/'] = (request.url ?? '/').split('?');
  const file = files.get(pathname === '/' ? `/${INDEX}` : pathname);
  if (file === undefined) return refuse(404, 'There is no such file.');

  // The names stay when the content changes, so each is asked for again; mostly it is the same.
  Object.assign(headers, { 'cache-control': 'no-cache', etag: file.etag, vary: 'accept-encoding' });
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const isGzipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = isGzipped ? file.gzipped : file.content;
  if (isGzipped) headers['content-encoding'] = 'gzip';
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': String(body.length),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function readFiles(folder: string, apiUrl: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const type = TYPES[path.extname(name)];
    if (type === undefined) continue;
    const read = await readFile(path.join(folder, name));
    const content = name === INDEX ? Buffer.from(withApiUrl(read.toString(), apiUrl)) : read;
    const etag = `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    files.set(`/${name}`, { type, etag, content, gzipped: gzipSync(content) });
  }
  if (!files.has(`/${INDEX}`)) {
    throw new Error(`${folder} holds no panel: build it by npm run build:panel.`);
  }
  return files;
}

/** The page learns the API's address from its head. */
function withApiUrl(html: string, apiUrl: string): string {
  const place = 'name="api-url" content=""';
  if (!html.includes(place)) throw new Error(`${INDEX} has no place for the API's address`);
  return html.replace(
    place,
    () => `name="api-url" content="${new URL(apiUrl).href.replace(/\/$/, '')}"`,
  );
}
