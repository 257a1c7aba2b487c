import {
  createdEnrollmentTokenSchema,
  createEnrollmentTokenSchema,
  type EnrollmentToken,
  enrollmentTokenListSchema,
  enrollmentTokenSchema,
  idSchema,
  listQuerySchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { type EntityKind, ifMatch, notFound, type Routes, userAccess } from '../../platform/http/index.ts';
import { findToken, listTokens } from './token-queries.ts';
import { issueToken, revoke } from './token-service.ts';

const tags = ['enrollment'];
const params = z.object({ id: idSchema });
/** Of a token people write nothing but its end. */
const entity: EntityKind<EnrollmentToken> = { writtenOf: ({ id, state }) => [id, state === 'revoked'] };

export function enrollmentTokenRoutes(db: Database) {
  return (routes: Routes): void => {
    const access = userAccess('enrollment-tokens:manage');
    const one = userAccess('enrollment-tokens:manage', { entity });
    routes.get(
      '/api/v1/enrollment-tokens',
      {
        ...access,
        schema: {
          summary: 'Enrollment tokens, without their text',
          tags,
          querystring: listQuerySchema,
          response: { 200: enrollmentTokenListSchema },
        },
      },
      (request) => listTokens(db, request.query),
    );
    routes.get(
      '/api/v1/enrollment-tokens/:id',
      {
        ...one,
        schema: { summary: 'One enrollment token', tags, params, response: { 200: enrollmentTokenSchema } },
      },
      async (request) => {
        const token = await findToken(db, request.params.id);
        if (!token) throw notFound('This enrollment token');
        return token;
      },
    );
    routes.post(
      '/api/v1/enrollment-tokens',
      {
        ...userAccess('enrollment-tokens:manage', { entity, isRepeatable: true }),
        schema: {
          summary: 'Make an enrollment token; its text is shown this once',
          tags,
          body: createEnrollmentTokenSchema,
          response: { 201: createdEnrollmentTokenSchema },
        },
      },
      async (request, reply) => {
        const issued = await issueToken(db, actorOf(request), request.body);
        return reply.code(201).header('cache-control', 'no-store').send(issued);
      },
    );
    routes.delete(
      '/api/v1/enrollment-tokens/:id',
      {
        ...one,
        schema: { summary: 'Revoke an enrollment token', tags, params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await revoke(db, actorOf(request), request.params.id, ifMatch(request, entity));
        return reply.code(204).send(null);
      },
    );
  };
}
