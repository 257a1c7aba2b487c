import { credentialKeyStatusSchema } from '@stratora/contract';
import { actorOf } from '../audit/index.ts';
import { type Routes, userAccess } from '../http/index.ts';
import type { CredentialKeyService } from './credential-key-service.ts';

const tags = ['credentials'];

/** Routes by which administrators rotate the credential key and see how that goes. */
export function credentialKeyRoutes(service: CredentialKeyService): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      '/api/v1/credential-key',
      {
        ...userAccess('credentials:manage'),
        schema: {
          operationId: 'getCredentialKey',
          summary: 'Which credential key seals secrets, and which secrets another one does',
          tags,
          response: { 200: credentialKeyStatusSchema },
        },
      },
      () => service.status(),
    );
    routes.post(
      '/api/v1/credential-key/rotate',
      {
        ...userAccess('credentials:manage', { refusals: ['invalid_state'] }),
        schema: {
          operationId: 'rotateCredentialKey',
          summary: 'Have the newest credential key seal from now on, and everything sealed anew with it',
          tags,
          response: { 202: credentialKeyStatusSchema },
        },
      },
      async (request, reply) => reply.code(202).send(await service.rotate(actorOf(request))),
    );
  };
}
