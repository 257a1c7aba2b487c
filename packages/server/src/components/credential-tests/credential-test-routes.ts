import {
  credentialPurposeSchema,
  credentialTestSchema,
  idSchema,
  testCredentialSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { CredentialTestService } from './credential-test-service.ts';

const tags = ['credentials'];
const params = z.object({ id: idSchema });
const REFUSALS = ['not_found', 'invalid_state', 'too_many_requests', 'overloaded'] as const;

/** Routes by which people have a credential tested from the collector of a node. */
export function credentialTestRoutes(service: CredentialTestService): (routes: Routes) => void {
  return (routes) => {
    routes.post(
      '/api/v1/nodes/:id/credentials/:purpose/test',
      {
        ...userAccess('credentials:attach', { isRepeatable: true, refusals: REFUSALS }),
        schema: {
          operationId: 'testNodeCredential',
          summary: 'Have the collector of a node log in with the credential that it has for a purpose',
          tags,
          params: params.extend({ purpose: credentialPurposeSchema }),
          response: { 202: credentialTestSchema },
        },
      },
      async (request, reply) => {
        const { id, purpose } = request.params;
        return reply.code(202).send(await service.startAttached(actorOf(request), id, purpose));
      },
    );
    routes.post(
      '/api/v1/credentials/:id/test',
      {
        ...userAccess('credentials:attach', { isRepeatable: true, refusals: REFUSALS }),
        schema: {
          operationId: 'testCredential',
          summary: 'Have the collector of a node log in with a credential, attached or not',
          tags,
          params,
          body: testCredentialSchema,
          response: { 202: credentialTestSchema },
        },
      },
      async (request, reply) => {
        const test = await service.start(actorOf(request), request.body.node_id, request.params.id);
        return reply.code(202).send(test);
      },
    );
    routes.get(
      '/api/v1/credential-tests/:id',
      {
        ...userAccess('credentials:attach'),
        schema: {
          summary: 'A test of a credential, with what came of it',
          tags,
          params,
          response: { 200: credentialTestSchema },
        },
      },
      (request) => service.find(request.params.id),
    );
  };
}
