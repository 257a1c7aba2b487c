import {
  type Delivery,
  deliveryListQuerySchema,
  deliveryListSchema,
  deliverySchema,
  idSchema,
} from '@stratora/contract';
import { z } from 'zod';
import type { Database } from '../../platform/db/index.ts';
import { entityKind, notFound, type Routes, userAccess } from '../../platform/http/index.ts';
import { findDelivery, listDeliveries } from './delivery-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['deliveries'];
/** Nobody writes deliveries; their tag is for readers. */
const entity = entityKind<Delivery>('id');

/** Returns the routes by which people see who was told what, and what became of it. */
export function deliveryRoutes(db: Database): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      '/api/v1/deliveries',
      {
        ...userAccess('monitoring:read'),
        schema: {
          summary: 'List what was sent to whom, and what was not',
          tags,
          querystring: deliveryListQuerySchema,
          response: { 200: deliveryListSchema },
        },
      },
      (request) => listDeliveries(db, request.query),
    );
    routes.get(
      '/api/v1/deliveries/:id',
      {
        ...userAccess('monitoring:read', { entity }),
        schema: { summary: 'One delivery', tags, params, response: { 200: deliverySchema } },
      },
      async (request) => {
        const delivery = await findDelivery(db, request.params.id);
        if (!delivery) throw notFound('This delivery');
        return delivery;
      },
    );
  };
}
