import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { appError, type Routes, userAccess } from '../http/index.ts';
import type { EventBus } from './event-bus.ts';

export interface EventRoutesOptions {
  bus: EventBus;
  version: string;
  /** Whether the caller's session or token is still good; asked again and again while the stream is open. */
  isStillAllowed: (request: FastifyRequest) => Promise<boolean>;
}

/** Milliseconds between two comments: they keep proxies from closing the stream, and find browsers that are gone. */
const BEAT_MS = 15_000;
/** Most bytes that wait for one browser: one that does not read must not fill our memory. */
const UNREAD_MAX_BYTES = 1024 * 1024;
const STREAMS_MAX = 500;

/** `GET /events`: server-sent events (WHATWG HTML, section 9.2). */
export function eventRoutes({ bus, version, isStillAllowed }: EventRoutesOptions) {
  let open = 0;

  function stream(request: FastifyRequest, reply: FastifyReply): void {
    const headers = reply.getHeaders();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    raw.socket?.setTimeout(0);
    write(raw, `retry: 3000\nevent: hello\ndata: ${JSON.stringify({ version })}\n\n`);
    const unsubscribe = bus.subscribe(
      (_, text) => write(raw, text),
      // Events of a gap are unknown: a new hello makes the browser fetch everything again.
      () => write(raw, `event: hello\ndata: ${JSON.stringify({ version, missed: true })}\n\n`),
    );
    const beat = setInterval(() => void keepUp(request, raw), BEAT_MS);
    open += 1;
    raw.once('close', () => {
      open -= 1;
      clearInterval(beat);
      unsubscribe();
    });
  }

  async function keepUp(request: FastifyRequest, raw: ServerResponse): Promise<void> {
    const allowed = await isStillAllowed(request).catch(() => true);
    if (!allowed) raw.end();
    else write(raw, ': beat\n\n');
  }

  return (routes: Routes): void => {
    routes.get(
      '/api/v1/events',
      {
        ...userAccess('monitoring:read', { answers: { 200: { 'text/event-stream': z.string() } } }),
        // A HEAD of the stream would never end.
        exposeHeadRoute: false,
        schema: {
          operationId: 'streamEvents',
          summary: 'Live changes as server-sent events',
          tags: ['events'],
        },
      },
      (request, reply) => {
        if (open >= STREAMS_MAX) throw appError('overloaded', 'Too many open event streams.');
        stream(request, reply);
      },
    );
  };
}

function write(raw: ServerResponse, text: string): void {
  if (raw.destroyed || raw.writableEnded) return;
  if (raw.writableLength > UNREAD_MAX_BYTES) {
    raw.destroy();
    return;
  }
  raw.write(text);
}
