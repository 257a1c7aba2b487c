import {
  channelListQuerySchema,
  channelListSchema,
  channelPreviewSchema,
  channelSchema,
  channelTestAnswerSchema,
  createChannelSchema,
  idSchema,
  type NotificationChannel,
  previewChannelSchema,
  replaceChannelSchema,
  updateChannelSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, ifMatch, type Routes, userAccess } from '../../platform/http/index.ts';
import type { ChannelPreviews } from './channel-previews.ts';
import type { ChannelService } from './channel-service.ts';

const tags = ['notification channels'];
const params = z.object({ id: idSchema });
const entity = entityKind<NotificationChannel>(
  'name',
  'type',
  'enabled',
  'text',
  'max_per_minute',
  'config',
  'updated_at',
);

export function channelRoutes(channels: ChannelService, previews: ChannelPreviews): (routes: Routes) => void {
  return (routes) => {
    addReading(routes, channels);
    addWriting(routes, channels);
    addRemoval(routes, channels);
    addTrying(routes, channels, previews);
  };
}

function addReading(routes: Routes, channels: ChannelService): void {
  routes.get(
    '/api/v1/notification-channels',
    {
      ...userAccess('monitoring:read'),
      schema: {
        summary: 'Notification channels, without their secrets',
        tags,
        querystring: channelListQuerySchema,
        response: { 200: channelListSchema },
      },
    },
    (request) => channels.list(request.query),
  );
  routes.get(
    '/api/v1/notification-channels/:id',
    {
      ...userAccess('monitoring:read', { entity }),
      schema: {
        summary: 'One notification channel, without its secrets',
        tags,
        params,
        response: { 200: channelSchema },
      },
    },
    (request) => channels.get(request.params.id),
  );
}

function addWriting(routes: Routes, channels: ChannelService): void {
  routes.post(
    '/api/v1/notification-channels',
    {
      ...userAccess('channels:manage', { entity, isRepeatable: true, refusals: ['name_taken'] }),
      schema: {
        summary: 'Create a notification channel',
        tags,
        body: createChannelSchema,
        response: { 201: channelSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await channels.create(actorOf(request), request.body)),
  );
  const manage = userAccess('channels:manage', { entity, refusals: ['name_taken'] });
  const answer = { tags, params, response: { 200: channelSchema } };
  const summary = 'Change a notification channel; what is absent stays, a config is replaced whole';
  routes.patch(
    '/api/v1/notification-channels/:id',
    { ...manage, schema: { summary, body: updateChannelSchema, ...answer } },
    (request) => channels.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
  routes.put(
    '/api/v1/notification-channels/:id',
    {
      ...manage,
      schema: { summary: 'Replace a notification channel', body: replaceChannelSchema, ...answer },
    },
    (request) => channels.update(actorOf(request), request.params.id, request.body, ifMatch(request, entity)),
  );
}

function addRemoval(routes: Routes, channels: ChannelService): void {
  routes.delete(
    '/api/v1/notification-channels/:id',
    {
      ...userAccess('channels:manage', { entity }),
      schema: {
        summary: 'Delete a notification channel; what waits for it is not sent any more',
        tags,
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await channels.delete(actorOf(request), request.params.id, ifMatch(request, entity));
      return reply.code(204).send(null);
    },
  );
}

function addTrying(routes: Routes, channels: ChannelService, previews: ChannelPreviews): void {
  routes.post(
    '/api/v1/notification-channels/:id/test',
    {
      ...userAccess('channels:manage', { isRepeatable: true }),
      schema: {
        operationId: 'testNotificationChannel',
        summary: 'Send a test message by a channel, as every other message is sent',
        tags,
        params,
        response: { 202: channelTestAnswerSchema },
      },
    },
    async (request, reply) => reply.code(202).send(await channels.test(actorOf(request), request.params.id)),
  );
  routes.post(
    '/api/v1/notification-channels/preview',
    {
      ...userAccess('channels:manage'),
      schema: {
        operationId: 'previewNotificationChannel',
        summary: 'Show what messages of a channel would look like; nothing is sent',
        tags,
        body: previewChannelSchema,
        response: { 200: channelPreviewSchema },
      },
    },
    async (request) => previews.of(request.body),
  );
}
