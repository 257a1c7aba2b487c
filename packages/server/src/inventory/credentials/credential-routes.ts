import {
  type Credential,
  createCredentialSchema,
  credentialListSchema,
  credentialSchema,
  idSchema,
  listQuerySchema,
  replaceCredentialSchema,
  revealCredentialSchema,
  revealedCredentialSchema,
  updateCredentialSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { entityKind, ifMatch, notFound, type Routes, userAccess } from '../../platform/http/index.ts';
import { findCredential, listCredentials } from './credential-queries.ts';
import type { CredentialService } from './credential-service.ts';

const tags = ['credentials'];
const entity = entityKind<Credential>('name', 'description', 'enabled', 'secret_fields', 'updated_at');
const params = z.object({ id: idSchema });

export function credentialRoutes(db: Database, service: CredentialService) {
  return (routes: Routes): void => {
    routes.get(
      '/api/v1/credentials',
      {
        ...userAccess('monitoring:read'),
        schema: {
          summary: 'Credentials, without their secrets',
          tags,
          querystring: listQuerySchema,
          response: { 200: credentialListSchema },
        },
      },
      (request) => listCredentials(db, request.query),
    );
    routes.get(
      '/api/v1/credentials/:id',
      {
        ...userAccess('monitoring:read', { entity }),
        schema: {
          summary: 'One credential, without its secret',
          tags,
          params,
          response: { 200: credentialSchema },
        },
      },
      async (request) => {
        const credential = await findCredential(db, request.params.id);
        if (!credential) throw notFound('This credential');
        return credential;
      },
    );
    addWriting(routes, service);
    addRemovalAndReveal(routes, service);
  };
}

function addWriting(routes: Routes, service: CredentialService): void {
  routes.post(
    '/api/v1/credentials',
    {
      ...userAccess('credentials:manage', { entity, isRepeatable: true, refusals: ['name_taken'] }),
      schema: {
        summary: 'Create a credential',
        tags,
        body: createCredentialSchema,
        response: { 201: credentialSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await service.create(actorOf(request), request.body)),
  );
  const manage = userAccess('credentials:manage', { entity, refusals: ['name_taken'] });
  const answer = { tags, params, response: { 200: credentialSchema } };
  const summary = 'Change a credential; what is absent stays, a secret is replaced whole';
  routes.patch(
    '/api/v1/credentials/:id',
    { ...manage, schema: { summary, body: updateCredentialSchema, ...answer } },
    (request) => service.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/credentials/:id',
    { ...manage, schema: { summary: 'Replace a credential', body: replaceCredentialSchema, ...answer } },
    (request) => service.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
}

function addRemovalAndReveal(routes: Routes, service: CredentialService): void {
  routes.delete(
    '/api/v1/credentials/:id',
    {
      ...userAccess('credentials:manage', { entity, refusals: ['in_use'] }),
      schema: {
        summary: 'Delete a credential that no node uses',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await service.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
  routes.post(
    '/api/v1/credentials/:id/reveal',
    {
      ...userAccess('credentials:reveal'),
      schema: {
        operationId: 'revealCredential',
        summary: 'Show the secret; who and why is kept in the audit log',
        tags,
        params,
        body: revealCredentialSchema,
        response: { 200: revealedCredentialSchema },
      },
    },
    async (request, reply) => {
      const secret = await service.reveal(actorOf(request), request.params.id, request.body.reason);
      return reply.header('cache-control', 'no-store').send({ id: request.params.id, secret });
    },
  );
}
