import {
  backtestDefinitionSchema,
  definitionBacktestSchema,
  definitionPreviewSchema,
  idSchema,
  previewDefinitionSchema,
} from '@stratora/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { goneSignal, type Routes, userAccess, userOf } from '../../platform/http/index.ts';
import type { BacktestService } from './backtest-service.ts';
import type { PreviewService } from './preview-service.ts';
import type { TrialCall } from './tried-rule.ts';

const params = z.object({ id: idSchema });
const tags = ['alert definitions'];

/** Adds the routes that try definitions. They write nothing, but cost the store much: who may change a rule may try one. */
export function trialRoutes(preview: PreviewService, backtest: BacktestService): (routes: Routes) => void {
  const ofStore = ['query_failed', 'too_many_requests', 'overloaded', 'metrics_unavailable'] as const;
  return (routes) => {
    routes.post(
      '/api/v1/alert-definitions/:id/preview',
      {
        ...userAccess('monitoring:read', { refusals: [...ofStore] }),
        schema: {
          operationId: 'previewSavedAlertDefinition',
          summary: 'What an alert definition matches now, without firing',
          tags,
          params,
          response: { 200: definitionPreviewSchema },
        },
      },
      (request, reply) => preview.ofSaved(request.params.id, callOf(request, reply)),
    );
    routes.post(
      '/api/v1/alert-definitions/preview',
      {
        ...userAccess('alerts:write', { refusals: ['not_found', ...ofStore] }),
        schema: {
          operationId: 'previewAlertDefinition',
          summary: 'What an alert definition would match now, saved or not, without firing',
          tags,
          body: previewDefinitionSchema,
          response: { 200: definitionPreviewSchema },
        },
      },
      (request, reply) => preview.ofWritten(request.body, callOf(request, reply)),
    );
    routes.post(
      '/api/v1/alert-definitions/backtest',
      {
        ...userAccess('alerts:write', { refusals: ['not_found', ...ofStore] }),
        schema: {
          operationId: 'backtestAlertDefinition',
          summary: 'What an alert definition would have told of the past, saved or not',
          tags,
          body: backtestDefinitionSchema,
          response: { 200: definitionBacktestSchema },
        },
      },
      (request, reply) => backtest.backtest(request.body, callOf(request, reply)),
    );
  };
}

function callOf(request: FastifyRequest, reply: FastifyReply): TrialCall {
  return { caller: userOf(request).userId, signal: goneSignal(reply) };
}
