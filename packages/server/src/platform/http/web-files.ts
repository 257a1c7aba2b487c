import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { publicAccess } from './route-access.ts';

/** Folder of the build whose files carry a hash in their names. */
const HASHED = '/assets/';

/**
 * Serves the built web UI, for installations without a front door of their own. Browsers keep files with a hash in
 * their name for a year and ask for everything else again. Returns the fallback for addresses that only the UI's router
 * knows.
 */
export function installWebFiles(
  app: FastifyInstance,
  webDir: string,
): (request: FastifyRequest, reply: FastifyReply) => boolean {
  const hasIndex = existsSync(join(webDir, 'index.html'));
  app.register(fastifyStatic, { root: webDir, serve: false, preCompressed: true, cacheControl: false });
  const sendIndex = (reply: FastifyReply) =>
    reply.status(200).header('cache-control', 'no-cache').sendFile('index.html');
  if (hasIndex) {
    app.get('/', { config: { access: publicAccess }, schema: { hide: true } }, (_, reply) =>
      sendIndex(reply),
    );
    app.get('/*', { config: { access: publicAccess }, schema: { hide: true } }, (request, reply) => {
      const path = (request.params as { '*': string })['*'];
      if (isReserved(`/${path}`)) return reply.callNotFound();
      const keep = `/${path}`.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache';
      return reply.header('cache-control', keep).sendFile(path);
    });
  }
  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const wantsPage = (request.headers.accept ?? '').includes('text/html');
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    if (!hasIndex || !isPage || !wantsPage || isReserved(path) || path.startsWith(HASHED)) return false;
    void sendIndex(reply);
    return true;
  };
}

function isReserved(path: string): boolean {
  return (
    ['/api', '/install'].some((root) => path === root || path.startsWith(`${root}/`)) || path === '/metrics'
  );
}
