import {
  createUserSchema,
  idSchema,
  listQuerySchema,
  replaceUserSchema,
  updateUserSchema,
  userListSchema,
  userSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import { userEntity } from './user-entity.ts';
import type { UserService } from './user-service.ts';

const params = z.object({ id: idSchema });
const tags = ['users'];

export function userRoutes(users: UserService): (routes: Routes) => void {
  return (routes) => {
    const access = userAccess('users:manage');
    const one = userAccess('users:manage', { entity: userEntity });
    const last = userAccess('users:manage', { entity: userEntity, refusals: ['invalid_state'] });
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
        ...userAccess('users:manage', { entity: userEntity, isRepeatable: true, refusals: ['name_taken'] }),
        schema: { summary: 'Create a user', tags, body: createUserSchema, response: { 201: userSchema } },
      },
      async (request, reply) => reply.status(201).send(await users.create(actorOf(request), request.body)),
    );
    routes.get(
      '/api/v1/users/:id',
      { ...one, schema: { summary: 'One user', tags, params, response: { 200: userSchema } } },
      (request) => users.get(request.params.id),
    );
    const answer = { tags, params, response: { 200: userSchema } };
    routes.patch(
      '/api/v1/users/:id',
      {
        ...last,
        schema: { summary: 'Change a user; what is absent stays', body: updateUserSchema, ...answer },
      },
      (request) =>
        users.update(actorOf(request), request.params.id, request.body, ifMatch(request, userEntity)),
    );
    routes.put(
      '/api/v1/users/:id',
      { ...last, schema: { summary: 'Replace a user', body: replaceUserSchema, ...answer } },
      (request) =>
        users.update(actorOf(request), request.params.id, request.body, ifMatch(request, userEntity)),
    );
    routes.delete(
      '/api/v1/users/:id',
      { ...last, schema: { summary: 'Delete a user', tags, params, response: { 204: z.null() } } },
      async (request, reply) => {
        await users.delete(actorOf(request), request.params.id, ifMatch(request, userEntity));
        return reply.status(204).send(null);
      },
    );
  };
}
