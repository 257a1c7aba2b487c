import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, openAccess, type Routes } from '../../platform/http/index.ts';
import { type LinkPage, renderPage } from './acknowledge-page.ts';
import type { AcknowledgeService, LinkState } from './acknowledge-service.ts';

const PATH = '/api/v1/acknowledge/:token';
const HTML = 'text/html';
const params = z.object({ token: z.string().min(1).max(1000) });
const page = { [HTML]: z.string() };

/**
 * Routes of the links in messages. Scanners of mail open every link, so that `GET` only shows the page with its button;
 * `POST` is what acknowledges. Answers are pages for people; programs that want JSON get a problem document for a link of no use.
 */
export function acknowledgeRoutes(service: AcknowledgeService): (routes: Routes) => void {
  return (routes) => {
    const open = openAccess({ refusals: ['not_found'], answers: { 200: page, 404: page } });
    routes.get(
      PATH,
      {
        ...open,
        schema: {
          operationId: 'showAcknowledgePage',
          summary: 'The page of an acknowledge link; it changes nothing',
          tags: ['alerts'],
          params,
        },
      },
      async (request, reply) =>
        send(request, reply, { service, state: await service.look(request.params.token), isDone: false }),
    );
    routes.register(async (forms) => {
      // A browser names this type also where a form has no field.
      forms.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { bodyLimit: 1024, parseAs: 'string' },
        (_, __, done) => done(null, undefined),
      );
      forms.post(
        PATH,
        {
          ...open,
          schema: {
            operationId: 'acknowledgeByLink',
            summary: 'Acknowledge an alert by its link, without a login',
            tags: ['alerts'],
            params,
          },
        },
        async (request, reply) => {
          const { token } = request.params as z.infer<typeof params>;
          const caller = { id: request.id, address: request.clientAddress };
          return send(request, reply, {
            service,
            state: await service.acknowledge(token, caller),
            isDone: true,
          });
        },
      );
    });
  };
}

interface Outcome {
  readonly service: AcknowledgeService;
  readonly state: LinkState;
  readonly isDone: boolean;
}

function send({ headers }: FastifyRequest, reply: FastifyReply, { service, state, isDone }: Outcome) {
  const text = renderPage({ ...pageOf(state, isDone), homeUrl: service.homeUrl });
  const status = state.kind === 'unknown' || state.kind === 'expired' || state.kind === 'gone' ? 404 : 200;
  if (status === 404 && /^application\/(problem\+)?json/.test(headers.accept ?? ''))
    throw notFound('This link');
  return reply.code(status).type('text/html; charset=utf-8').send(text);
}

function pageOf(state: LinkState, isDone: boolean): Omit<LinkPage, 'homeUrl'> {
  switch (state.kind) {
    case 'unknown':
      return plain(
        'This link is not valid',
        'It may have been cut by a mail program. Open the alert in Stratora instead.',
      );
    case 'expired':
      return plain('This link has expired', 'Links hold for 24 hours. Open the alert in Stratora instead.');
    case 'gone':
      return plain('This alert is gone', 'It was over long ago, and is not kept any more.');
    case 'open':
      return {
        title: state.alert.summary,
        words: [
          `The message went to ${state.claim.recipient}: the acknowledgement is noted in that name. Nobody further is told then, unless it gets worse.`,
        ],
        alert: state.alert,
        hasButton: true,
      };
    case 'resolved':
      return {
        title: 'This alert is over',
        words: [state.alert.summary, 'There is nothing to acknowledge.'],
        alert: state.alert,
        hasButton: false,
      };
    case 'acknowledged':
      return {
        title: isDone ? 'Acknowledged' : 'This alert is acknowledged',
        words: [state.alert.summary, `Acknowledged by ${state.alert.acknowledged?.by ?? 'somebody'}.`],
        alert: state.alert,
        hasButton: false,
      };
  }
}

function plain(title: string, words: string): Omit<LinkPage, 'homeUrl'> {
  return { title, words: [words], alert: undefined, hasButton: false };
}
