import { API_KEY_HEADER, registerRequestSchema, registerResponseSchema } from '@stratora/contract';
import { openAccess, type Routes } from '../../platform/http/index.ts';
import type { RegistrationService } from './registration-service.ts';

const REGISTER_REFUSALS = [
  'enrollment_token_invalid',
  'enrollment_token_expired',
  'enrollment_token_exhausted',
  'enrollment_token_revoked',
  'component_revoked',
  'identity_in_use',
] as const;

/** Adds `POST /components/register`: 201 for a new component, 200 for one that was known. */
export function registrationRoutes(service: Pick<RegistrationService, 'register'>) {
  return (routes: Routes): void => {
    routes.post(
      '/api/v1/components/register',
      {
        ...openAccess({ refusals: REGISTER_REFUSALS, requestHeaders: ['x-api-key'] }),
        schema: {
          operationId: 'registerComponent',
          summary: 'Enrol a collector or an agent with an enrollment token',
          tags: ['components'],
          body: registerRequestSchema,
          response: { 200: registerResponseSchema, 201: registerResponseSchema },
        },
      },
      async (request, reply) => {
        const oldKey = request.headers[API_KEY_HEADER];
        const { isNew, answer } = await service.register({
          request: request.body,
          oldKey: typeof oldKey === 'string' ? oldKey : undefined,
          address: request.clientAddress,
          requestId: request.id,
        });
        return reply
          .code(isNew ? 201 : 200)
          .header('cache-control', 'no-store')
          .send(answer);
      },
    );
  };
}
