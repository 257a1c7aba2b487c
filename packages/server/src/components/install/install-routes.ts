import { createReadStream } from 'node:fs';
import { deploymentSchema } from '@stratora/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  appError,
  namesTag,
  notFound,
  openAccess,
  type RouteDocument,
  type Routes,
  userAccess,
} from '../../platform/http/index.ts';
import { type InstallService, SCRIPTS, type ScriptKind } from './install-service.ts';

const tags = ['install'];
/** Most downloads at one time: each holds a file open and sends it as slowly as its reader likes. */
const MAX_DOWNLOADS = 50;

/** Routes for a new host that has no key yet: all they serve is public, and checked by hashes. */
export function publicInstallRoutes(install: InstallService): (routes: Routes) => void {
  return (routes) => {
    const open = (
      summary: string,
      type: string,
      answerHeaders: RouteDocument['answerHeaders'] = ['etag'],
    ) => ({
      ...openAccess({
        refusals: ['not_found'],
        answers: { 200: { [type]: z.string() } },
        answerHeaders,
        requestHeaders: answerHeaders.length > 0 ? ['if-none-match'] : [],
      }),
      schema: { summary, tags },
    });
    routes.get(
      '/install/ca.crt',
      open("The server's private authority, to be checked by its hash", 'application/x-pem-file', []),
      async (_, reply) => {
        const authority = await install.authority();
        if (!authority) throw notFound('A private authority');
        return reply.type('application/x-pem-file').header('cache-control', 'no-cache').send(authority.pem);
      },
    );
    for (const kind of Object.keys(SCRIPTS) as ScriptKind[]) {
      const path = `/install/${SCRIPTS[kind]}`;
      routes.get(
        path,
        open(`Installs a collector or an agent: ${kind}`, 'text/plain'),
        async (request, reply) => {
          const script = await install.script(kind);
          if (!script) throw notFound('This script');
          if (isHeld(request, reply, script.sha256)) return reply.code(304).send();
          return reply.type('text/plain; charset=utf-8').send(script.text);
        },
      );
    }
    addArchives(routes, install, open('The program for other hosts', 'application/gzip'));
  };
}

function addArchives(
  routes: Routes,
  install: InstallService,
  options: ReturnType<typeof openAccess> & { schema: object },
): void {
  let downloads = 0;
  routes.get<{ Params: { archive: string } }>(
    '/install/:archive',
    {
      ...options,
      schema: { ...options.schema, operationId: 'getInstallArchive' },
    },
    async (request, reply) => {
      const archive = await install.archive(request.params.archive);
      if (!archive) throw notFound('This file');
      if (isHeld(request, reply, archive.sha256)) return reply.code(304).send();
      if (downloads >= MAX_DOWNLOADS) {
        throw appError('overloaded', 'Too many hosts fetch the program; try again shortly.');
      }
      downloads += 1;
      const stream = createReadStream(archive.path);
      stream.once('close', () => {
        downloads -= 1;
      });
      return reply.type('application/gzip').header('content-length', archive.bytes).send(stream);
    },
  );
}

/** Whether the caller has these very bytes already. Their hash is the entity tag. */
function isHeld(request: FastifyRequest, reply: FastifyReply, sha256: string): boolean {
  const tag = `"${sha256}"`;
  void reply.header('etag', tag).header('cache-control', 'no-cache');
  return namesTag(request.headers['if-none-match'], tag);
}

/** Adds `GET /deployment`, for users who may make enrollment tokens. */
export function deploymentRoutes(install: InstallService): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      '/api/v1/deployment',
      {
        ...userAccess('enrollment-tokens:manage'),
        schema: {
          summary: 'What the commands for new collectors and agents are made of',
          tags,
          response: { 200: deploymentSchema },
        },
      },
      (request) => install.deployment(originOf(request)),
    );
  };
}

/** Returns the origin as the caller has it in its address bar. */
function originOf({ headers }: FastifyRequest): string | undefined {
  const { host } = headers;
  return host !== undefined && URL.canParse(`https://${host}`)
    ? new URL(`https://${host}`).origin
    : undefined;
}
