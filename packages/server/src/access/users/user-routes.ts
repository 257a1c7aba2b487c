import {
  createUserSchema,
  idSchema,
  listQuerySchema,
  updateUserSchema,
  userListSchema,
  userSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { UserService } from './user-service.ts';

const params = z.object({ id: idSchema });
const tags = ['users'];

export function userRoutes(users: UserService): (routes: Routes) => void {
  return (routes) => {
    const access = userAccess('users:manage');
    routes.get(
      '/api/v1/users',
      {
        ...access,
        schema: {
          summary: 'List users',
          tags,
          querystring: listQuerySchema,
          response: { 200: userListSchema },
        },
      },
      (request) => users.list(request.query),
    );
    routes.post(
      '/api/v1/users',
      {
        ...access,
        schema: { summary: 'Create a user', tags, body: createUserSchema, response: { 201: userSchema } },
      },
      async (request, reply) => reply.status(201).send(await users.create(actorOf(request), request.body)),
    );
    routes.get(
      '/api/v1/users/:id',
      { ...access, schema: { summary: 'One user', tags, params, response: { 200: userSchema } } },
      (request) => users.get(request.params.id),
    );
    routes.route({
      method: ['PATCH', 'PUT'],
      url: '/api/v1/users/:id',
      ...access,
      schema: {
        summary: 'Change a user',
        tags,
        params,
        body: updateUserSchema,
        response: { 200: userSchema },
      },
      handler: (request) => users.update(actorOf(request), request.params.id, request.body),
    });
    routes.delete(
      '/api/v1/users/:id',
      { ...access, schema: { summary: 'Delete a user', tags, params, response: { 204: z.null() } } },
      async (request, reply) => {
        await users.delete(actorOf(request), request.params.id);
        return reply.status(204).send(null);
      },
    );
  };
}
