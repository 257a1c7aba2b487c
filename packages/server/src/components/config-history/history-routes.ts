import {
  configDiffSchema,
  configGenerationListSchema,
  configTextSchema,
  idSchema,
  listQuerySchema,
} from '@stratora/contract';
import { z } from 'zod';
import { entityKind, type Routes, userAccess } from '../../platform/http/index.ts';
import type { ConfigHistory } from './config-history.ts';

const tags = ['components'];
/** Nobody writes one by a call. */
const entity = entityKind<object>();
const params = z.object({ id: idSchema });
const generationSchema = z.coerce.number().int().min(1).max(2_147_483_647);
const generationParams = params.extend({ generation: generationSchema });

/** Routes for users: the configs of a component over time. */
export function configHistoryRoutes(history: ConfigHistory): (routes: Routes) => void {
  return (routes) => {
    addLists(routes, history);
    addTexts(routes, history);
  };
}

function addLists(routes: Routes, history: ConfigHistory): void {
  const read = userAccess('monitoring:read');
  routes.get(
    '/api/v1/components/:id/configs',
    {
      ...read,
      schema: {
        summary: 'The configs of a component, newest first',
        tags,
        params,
        querystring: listQuerySchema,
        response: { 200: configGenerationListSchema },
      },
    },
    (request) => history.list(request.params.id, request.query),
  );
}

function addTexts(routes: Routes, history: ConfigHistory): void {
  const read = userAccess('monitoring:read', { entity });
  routes.get(
    '/api/v1/components/:id/configs/:generation',
    {
      ...read,
      schema: {
        summary: 'One config of a component; secrets are masked',
        tags,
        params: generationParams,
        response: { 200: configTextSchema },
      },
    },
    (request) => history.text(request.params.id, request.params.generation),
  );
  routes.get(
    '/api/v1/components/:id/configs/:generation/diff',
    {
      ...read,
      schema: {
        summary: 'What a config changed; secrets are masked',
        tags,
        params: generationParams,
        querystring: z.strictObject({ against: generationSchema.optional() }),
        response: { 200: configDiffSchema },
      },
    },
    (request) => history.diff(request.params.id, request.params.generation, request.query.against),
  );
}
