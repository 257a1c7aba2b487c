import type { FastifyInstance } from 'fastify';
import { appError } from './error-catalogue.ts';

/** Most levels of nesting; deeper than any message of ours by far. */
export const JSON_MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether brackets outside of strings nest deeper than `maxDepth`; looks at the text before anything parses it. */
export function nestsDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === BACKSLASH) i += 1;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return false;
}

/** Installs the reader of JSON bodies: bounded depth, no `__proto__` or `constructor.prototype`, strict UTF-8. */
export function installJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    // A POST that takes no body may say "application/json" and send none.
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    let text: string;
    try {
      text = decoder.decode(body);
    } catch {
      done(appError('bad_request', 'The body is not valid UTF-8.'));
      return;
    }
    if (nestsDeeperThan(text, JSON_MAX_DEPTH)) {
      done(appError('bad_request', `The body nests deeper than ${JSON_MAX_DEPTH} levels.`));
      return;
    }
    void parse(request, text, done);
  });
}
