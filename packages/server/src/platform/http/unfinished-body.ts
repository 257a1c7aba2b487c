import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** Most bytes that are still read of a body once its answer is known. */
const DRAINED_BYTES = 1024 * 1024;
/** Milliseconds for which a sender that goes on sending may read its answer before the connection ends under it. */
const READ_ANSWER_MS = 1000;
/** Milliseconds for which the rest of a body is waited for in all. */
const LONGEST_MS = 5000;

/**
 * Lets every sender of a long body read an answer that comes before the end of it (too large, no room, not allowed).
 *
 * Node ends the connection together with such an answer; what the sender still writes then turns into a reset, which
 * takes the answer with it: the sender sees a broken line and tries again for ever, and a proxy makes a 502 of it. Reading
 * on instead would let a sender without an end keep us at it. So the answer is given at once but for its end, little more
 * is read, and the connection is ended when the sender has stopped, or has had its time to see the answer.
 */
export function installUnfinishedBodies(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const { raw } = request;
    if (raw.complete || reply.raw.headersSent || !isText(payload)) {
      done(null, payload);
      return;
    }
    if (!isLong(raw.headers)) {
      // The little that is left is read, so that the connection serves the next request.
      raw.resume();
      done(null, payload);
      return;
    }
    void reply.header('connection', 'close').removeHeader('content-length');
    done(null, heldOpen(raw, payload));
  });
}

/** Whether a body may be longer than what is drained in any case. */
function isLong(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > DRAINED_BYTES;
}

function isText(payload: unknown): payload is string | Buffer {
  return (typeof payload === 'string' && payload !== '') || Buffer.isBuffer(payload);
}

/** Makes an answer that ends once its request has, or need not be waited for any more. */
function heldOpen(request: IncomingMessage, payload: string | Buffer): Readable {
  let drained = 0;
  let timer = setTimeout(() => finish(), LONGEST_MS);
  const answer = new Readable({
    read() {},
    destroy(error, done) {
      clearTimeout(timer);
      request.off('data', count);
      done(error);
    },
  });
  function finish(): void {
    if (!answer.destroyed && !answer.readableEnded) answer.push(null);
  }
  function count(chunk: Buffer): void {
    drained += chunk.length;
    if (drained <= DRAINED_BYTES) return;
    request.off('data', count);
    request.pause();
    clearTimeout(timer);
    timer = setTimeout(finish, READ_ANSWER_MS);
  }
  request.removeAllListeners('data');
  request.on('data', count);
  request.once('end', finish);
  request.once('close', finish);
  request.resume();
  answer.push(payload);
  return answer;
}
