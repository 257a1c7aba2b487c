/**
 * A stand-in for the backend, for looking at the web UI and testing it alone: answers the user API of the contract
 * from a made-up plant and serves `web/dist` with the content policy that the real server sends.
 *
 *     node web/dev/mock-server.ts [--nodes 60] [--port 5174]
 */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SIGNED_IN_COOKIE } from '@stratora/contract/session-cookie';
import { parse } from 'smol-toml';
import { createMockApi, type MockOptions } from './mock-api.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function serveFile(request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(new URL(request.url ?? '/', 'http://mock').pathname);
  const wanted = join(DIST, path);
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(DIST, 'index.html');
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_POLICY,
    'x-content-type-options': 'nosniff',
    // Whether there is a session is the mock API's to say, whoever asks.
    'set-cookie': `${SIGNED_IN_COOKIE}=1; Path=/`,
  });
  createReadStream(file).pipe(response);
}

interface RawTemplate {
  readonly slug: string;
  readonly extends?: readonly string[];
  readonly panels?: readonly { readonly id: string }[];
  readonly inputs?: readonly { readonly plugin: string }[];
}

/** The shipped templates with what they inherit, as far as panels and inputs go. */
function loadTemplates(): Map<string, unknown> {
  const raw = new Map<string, RawTemplate>();
  for (const name of readdirSync(TEMPLATES).filter((file) => file.endsWith('.toml'))) {
    const template = parse(readFileSync(join(TEMPLATES, name), 'utf8')) as unknown as RawTemplate;
    raw.set(template.slug, template);
  }
  const partsOf = (part: 'panels' | 'inputs', slug: string): unknown[] => {
    const template = raw.get(slug);
    return [
      ...(template?.extends ?? []).flatMap((parent) => partsOf(part, parent)),
      ...(template?.[part] ?? []),
    ];
  };
  return new Map(
    [...raw].map(([slug, template]) => [
      slug,
      {
        ...template,
        inputs: partsOf('inputs', slug),
        panels: partsOf('panels', slug).map((panel) => ({
          kind: 'chart',
          stacked: false,
          ...(panel as object),
        })),
      },
    ]),
  );
}

export async function startMock(
  options: MockOptions & { readonly port: number },
): Promise<{ readonly url: string; readonly server: Server; readonly stop: () => Promise<void> }> {
  const api = createMockApi(options, loadTemplates());
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/') === true) void api(request, response);
    else serveFile(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name: string, fallback: number) => {
    const at = process.argv.indexOf(`--${name}`);
    return at === -1 ? fallback : Number(process.argv[at + 1]);
  };
  const { url } = await startMock({ nodes: option('nodes', 60), port: option('port', 5174) });
  process.stdout.write(`The mock answers at ${url}\n`);
}
