import {
  idSchema,
  listQuerySchema,
  ROLLOUT_STATES,
  type RolloutDetail,
  rolloutDetailSchema,
  rolloutListSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { RolloutService } from './rollout-service.ts';

const tags = ['rollouts'];
const entity = entityKind<RolloutDetail>('state', 'stage');
const params = z.object({ id: idSchema });
const querySchema = listQuerySchema.extend({ state: z.enum(ROLLOUT_STATES).optional() });

/** Routes for users: the rollouts of changed device templates. */
export function rolloutRoutes(rollouts: RolloutService): (routes: Routes) => void {
  return (routes) => {
    const read = userAccess('monitoring:read');
    const response = { 200: rolloutDetailSchema };
    routes.get(
      '/api/v1/rollouts',
      {
        ...read,
        schema: {
          summary: 'Rollouts of changed device templates, newest first',
          tags,
          querystring: querySchema,
          response: { 200: rolloutListSchema },
        },
      },
      (request) => {
        const { state, ...query } = request.query;
        return rollouts.list(query, state);
      },
    );
    routes.get(
      '/api/v1/rollouts/:id',
      {
        ...userAccess('monitoring:read', { entity }),
        schema: { summary: 'One rollout with its components', tags, params, response },
      },
      (request) => rollouts.get(request.params.id),
    );
    addDecisions(routes, rollouts);
  };
}

function addDecisions(routes: Routes, rollouts: RolloutService): void {
  const response = { 200: rolloutDetailSchema };
  const manage = userAccess('components:manage', {
    entity,
    isRepeatable: true,
    refusals: ['invalid_state'],
  });
  routes.post(
    '/api/v1/rollouts/:id/resume',
    {
      ...manage,
      schema: {
        operationId: 'resumeRollout',
        summary: 'Go on with a stopped rollout',
        tags,
        params,
        response,
      },
    },
    (request) => rollouts.resume(actorOf(request), request.params.id, ifMatch(request, entity)),
  );
  routes.post(
    '/api/v1/rollouts/:id/finish',
    {
      ...manage,
      schema: {
        operationId: 'finishRollout',
        summary: 'Give everybody the new config at once',
        tags,
        params,
        response,
      },
    },
    (request) => rollouts.finish(actorOf(request), request.params.id, ifMatch(request, entity)),
  );
}
