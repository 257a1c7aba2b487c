import { idSchema, rotatedKeySchema } from '@stratora/contract';
import { z } from 'zod';
import { componentAccess, type Routes, requireComponentId } from '../../platform/http/index.ts';
import type { KeyRotation } from './key-rotation.ts';

/** Adds `POST /components/{id}/key`: a component whose key is due fetches its next one. */
export function keyRoutes(rotation: Pick<KeyRotation, 'issue'>): (routes: Routes) => void {
  return (routes) => {
    routes.post(
      '/api/v1/components/:id/key',
      {
        ...componentAccess('any', { refusals: ['invalid_state'] }),
        schema: {
          operationId: 'fetchComponentKey',
          summary: 'The next key of a component, fetched with the one it has',
          tags: ['components'],
          params: z.object({ id: idSchema }),
          response: { 200: rotatedKeySchema },
        },
      },
      (request) => {
        const { componentId } = requireComponentId(request, request.params.id);
        return rotation.issue(componentId, { requestId: request.id, address: request.clientAddress });
      },
    );
  };
}
