import { idSchema, neighbourReadSchema } from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { NeighbourReadService } from './neighbour-read-service.ts';

const tags = ['topology'];
const params = z.object({ id: idSchema });

/** Routes by which people have the neighbours of a node read now. */
export function neighbourReadRoutes(service: NeighbourReadService): (routes: Routes) => void {
  return (routes) => {
    routes.post(
      '/api/v1/nodes/:id/neighbours/read',
      {
        ...userAccess('inventory:write', {
          isRepeatable: true,
          refusals: ['not_found', 'too_many_requests', 'overloaded'],
        }),
        schema: {
          operationId: 'readNodeNeighbours',
          summary: 'Have the collector of a node read what the device says of its neighbours',
          tags,
          params,
          response: { 202: neighbourReadSchema },
        },
      },
      async (request, reply) =>
        reply.code(202).send(await service.start(actorOf(request), request.params.id)),
    );
    routes.get(
      '/api/v1/neighbour-reads/:id',
      {
        ...userAccess('monitoring:read'),
        schema: {
          summary: 'A reading of neighbours that somebody asked for, with what came of it',
          tags,
          params,
          response: { 200: neighbourReadSchema },
        },
      },
      (request) => service.find(request.params.id),
    );
  };
}
