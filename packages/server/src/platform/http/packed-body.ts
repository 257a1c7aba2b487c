import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { preParsingHookHandler, RequestPayload } from 'fastify';
import { appError } from './error-catalogue.ts';

/**
 * Unpacks the body of a call that says gzip: for the `preParsing` of a route that takes long bodies. The route's `bodyLimit` is that of
 * the unpacked body, as well as of what comes over the line.
 */
export const unpackBody: preParsingHookHandler = (request, _reply, payload, done) => {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') {
    done(null, payload);
    return;
  }
  if (encoding !== 'gzip') {
    done(appError('unsupported_encoding', 'The body may be gzip or plain.'));
    return;
  }
  done(null, unpacked(payload));
};

function unpacked(payload: RequestPayload): RequestPayload {
  const gunzip = createGunzip();
  const body: PassThrough & { receivedEncodedLength?: number } = new PassThrough();
  // The length that the call states is that of what comes over the line.
  body.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    body.receivedEncodedLength = (body.receivedEncodedLength ?? 0) + chunk.length;
  });
  payload.once('error', () =>
    body.destroy(appError('truncated_body', 'The connection ended before the body did.')),
  );
  gunzip.once('error', ({ code }: NodeJS.ErrnoException) => {
    body.destroy(
      code === 'Z_BUF_ERROR'
        ? appError('truncated_body', 'The gzip body ends too early.')
        : appError('bad_request', 'The body is not valid gzip.'),
    );
  });
  // Whoever has had enough of the body wants no more of it unpacked.
  body.once('close', () => gunzip.destroy());
  payload.pipe(gunzip).pipe(body);
  return body;
}
