import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const TEXT = 'the quick brown fox is 42 years old\nsecond line\n';

type Page = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const redirect =
  (status: number, location: string): Page =>
  (_, response) => {
    response.writeHead(status, { location }).end('moved');
  };

/** Pages by path, one for each answer that a check of a URL may get. */
const PAGES: Readonly<Record<string, Page>> = {
  '/': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'x-release': '1.2.3', 'x-many': ['one', 'two'] });
    response.end(TEXT);
  },
  '/404': (_, response) => void response.writeHead(404).end('not here'),
  '/500': (_, response) => void response.writeHead(500).end('broken'),
  '/204': (_, response) => void response.writeHead(204).end(),
  '/empty': (_, response) => void response.writeHead(200).end(),
  '/redirect': redirect(302, '/'),
  '/redirect-307': redirect(307, '/echo'),
  '/redirect-303': redirect(303, '/echo'),
  '/redirect-away': redirect(301, 'http://other.test:8080/echo'),
  '/redirect-tls': redirect(301, 'https://web.test:8443/'),
  '/redirect-loop': redirect(302, '/redirect-loop'),
  '/redirect-bad': redirect(302, 'ftp://web.test/'),
  '/redirect-dead': redirect(302, 'http://nowhere.invalid/'),
  '/redirect-none': (_, response) => void response.writeHead(302).end('nowhere'),
  '/redirect-cookie': (request, response) => {
    if (request.headers.cookie === 'seen=1') response.writeHead(200).end(TEXT);
    else
      response.writeHead(302, { location: '/redirect-cookie', 'set-cookie': 'seen=1; Path=/' }).end('moved');
  },
  '/large-head': (_, response) => {
    for (let at = 0; at < 40; at += 1) response.setHeader(`x-h${at}`, 'a'.repeat(1000));
    response.writeHead(200).end(TEXT);
  },
  '/late': (_, response) => {
    const timer = setTimeout(() => response.end('late'), 20_000);
    response.on('close', () => clearTimeout(timer));
  },
  '/late-body': (_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('only this');
  },
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('only this');
    setTimeout(() => response.destroy(), 50);
  },
  '/reset': (_, response) => void response.destroy(),
  '/chunked': (_, response) => {
    response.writeHead(200);
    response.write('one ');
    setTimeout(() => response.end('two'), 20);
  },
  '/packed': (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(TEXT.repeat(40)));
  },
  '/packed-on-demand': (request, response) => {
    const isAsked = String(request.headers['accept-encoding']).includes('gzip');
    response.writeHead(200, isAsked ? { 'content-encoding': 'gzip' } : {});
    response.end(isAsked ? gzipSync(TEXT.repeat(40)) : TEXT.repeat(40));
  },
  '/latin1': (_, response) => void response.writeHead(200).end(Buffer.from('caf\xe9', 'latin1')),
  '/umlaut': (_, response) => void response.writeHead(200).end('Größe 10 µm'),
  '/large': (_, response) => void response.writeHead(200).end('x'.repeat(4096)),
  '/echo': (request, response, body) => {
    const { method, headers } = request;
    const received = ['authorization', 'x-own', 'host', 'content-type'].map(
      (name) => `${name}=${String(headers[name] ?? '-')}`,
    );
    response.writeHead(200, { 'x-authorization': headers.authorization ?? 'none' });
    response.end(`${method} ${received.join(' ')} body=${body}`);
  },
};

/** Answers a request by the page of its path. */
export function answerPage(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (chunk: Buffer) => parts.push(chunk));
  request.on('error', () => {});
  response.on('error', () => {});
  request.on('end', () => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const page = Object.hasOwn(PAGES, path) ? PAGES[path] : PAGES['/404'];
    page?.(request, response, Buffer.concat(parts).toString());
  });
}
