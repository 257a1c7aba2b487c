import {
  createTeamSchema,
  type EscalationTeam,
  escalationPreviewSchema,
  idSchema,
  onCallAnswerSchema,
  onCallQuerySchema,
  previewEscalationSchema,
  replaceTeamSchema,
  rotaQuerySchema,
  rotaSchema,
  standInsSchema,
  TEAM_OVERRIDES_MAX,
  teamListQuerySchema,
  teamListSchema,
  teamOverrideSchema,
  teamSchema,
  updateTeamSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { TeamService } from './team-service.ts';

const PATH = '/api/v1/escalation-teams';
const tags = ['escalation'];
const params = z.object({ id: idSchema });
const overrideParams = z.object({
  id: idSchema,
  /** Place in the list of overrides, from 0. */
  place: z.coerce
    .number()
    .int()
    .min(0)
    .max(TEAM_OVERRIDES_MAX - 1),
});
const entity = entityKind<EscalationTeam>(
  'name',
  'enabled',
  'is_default',
  'match',
  'active',
  'steps',
  'repeat',
  'rotation',
  'updated_at',
);

export function teamRoutes(teams: TeamService): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, teams);
    addRota(routes, teams);
    addWriting(routes, teams);
    addOverrides(routes, teams);
    addRemoval(routes, teams);
  };
}

function addReading(routes: Routes, teams: TeamService): void {
  routes.get(
    PATH,
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'List escalation teams',
        tags,
        querystring: teamListQuerySchema,
        response: { 200: teamListSchema },
      },
    },
    (request) => teams.list(request.query),
  );
  routes.get(
    `${PATH}/:id`,
    {
      ...userAccess('monitoring:read', { entity }),
      schema: { summary: 'One escalation team', tags, params, response: { 200: teamSchema } },
    },
    (request) => teams.get(request.params.id),
  );
  routes.post(
    `${PATH}/preview`,
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'previewEscalation',
        summary: 'Who would hear what and when, of a sample alert that lasts and that nobody acknowledges',
        tags,
        body: previewEscalationSchema,
        response: { 200: escalationPreviewSchema },
      },
    },
    (request) => teams.preview(request.body),
  );
}

function addRota(routes: Routes, teams: TeamService): void {
  routes.get(
    `${PATH}/:id/on-call`,
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'getOnCall',
        summary: 'Who is on call, and who is next',
        tags,
        params,
        querystring: onCallQuerySchema,
        response: { 200: onCallAnswerSchema },
      },
    },
    (request) => teams.onCall(request.params.id, request.query.at),
  );
  routes.get(
    `${PATH}/:id/rota`,
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'getRota',
        summary: 'Who is on call when',
        tags,
        params,
        querystring: rotaQuerySchema,
        response: { 200: rotaSchema },
      },
    },
    (request) => teams.rota(request.params.id, request.query),
  );
}

function addWriting(routes: Routes, teams: TeamService): void {
  const refusals = ['name_taken', 'invalid_state'] as const;
  routes.post(
    PATH,
    {
      ...userAccess('teams:manage', { entity, isRepeatable: true, refusals }),
      schema: {
        summary: 'Create an escalation team',
        tags,
        body: createTeamSchema,
        response: { 201: teamSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await teams.create(actorOf(request), request.body)),
  );
  const change = userAccess('teams:manage', { entity, refusals });
  const answer = { tags, params, response: { 200: teamSchema } };
  const summary = 'Change an escalation team; what is absent stays';
  routes.patch(
    `${PATH}/:id`,
    { ...change, schema: { summary, body: updateTeamSchema, ...answer } },
    (request) => teams.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    `${PATH}/:id`,
    { ...change, schema: { summary: 'Replace an escalation team', body: replaceTeamSchema, ...answer } },
    (request) => teams.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
}

function addOverrides(routes: Routes, teams: TeamService): void {
  routes.get(
    `${PATH}/stand-ins`,
    {
      ...userAccess('alerts:write'),
      schema: {
        operationId: 'listStandIns',
        summary: 'Everybody who may be put on call, by name alone',
        tags,
        response: { 200: standInsSchema },
      },
    },
    () => teams.standIns(),
  );
  const change = { entity, refusals: ['invalid_state'] } as const;
  routes.post(
    `${PATH}/:id/overrides`,
    {
      ...userAccess('alerts:write', { ...change, isRepeatable: true }),
      schema: {
        operationId: 'addOnCallOverride',
        summary: "Put somebody on call in the place of whoever's turn it is",
        tags,
        params,
        body: teamOverrideSchema,
        response: { 200: teamSchema },
      },
    },
    (request) =>
      teams.addOverride(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.delete(
    `${PATH}/:id/overrides/:place`,
    {
      ...userAccess('alerts:write', change),
      schema: {
        operationId: 'removeOnCallOverride',
        summary: 'Remove an override by its place in the list',
        tags,
        params: overrideParams,
        response: { 200: teamSchema },
      },
    },
    (request) => teams.removeOverride(actorOf(request), request.params, ifMatch(request, entity)),
  );
}

function addRemoval(routes: Routes, teams: TeamService): void {
  routes.delete(
    `${PATH}/:id`,
    {
      ...userAccess('teams:manage', { entity, refusals: ['invalid_state'] }),
      schema: {
        summary: 'Delete an escalation team; the default one stays',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await teams.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
}
