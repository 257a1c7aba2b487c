import { API_KEY_HEADER, componentPath, ROTATE_KEY_HEADER } from '@stratora/contract/wire';
import { errorMessage, type HttpAnswer, type HttpClient, type Logger } from '@stratora/runtime';
import type { Failpoint } from '../failpoint.ts';
import { parseProblem, parseRotatedKey } from '../server-answer.ts';
import type { Identity, IdentityStore } from './identity.ts';

export interface KeyRenewalOptions {
  client: HttpClient;
  store: IdentityStore;
  logger: Logger;
  failpoint: Failpoint;
}

/** Whether this answer says that a new key waits for us. */
export function announcesKey(answer: Pick<HttpAnswer, 'headers'>): boolean {
  return answer.headers[ROTATE_KEY_HEADER] === '1';
}

/**
 * Fetches the next key with the one at hand and keeps it, beside the old one, before anybody uses it. Dying anywhere does
 * no harm: the old key works until the new one is used, and a fetch whose answer was lost is repeated.
 *
 * @returns undefined when there is none to be had now
 */
export async function renewKey(
  { client, store, logger, failpoint }: KeyRenewalOptions,
  identity: Identity,
  signal: AbortSignal,
): Promise<Identity | undefined> {
  failpoint('key.before-fetch');
  let answer: HttpAnswer;
  try {
    answer = await client.request({
      method: 'POST',
      path: componentPath('key', identity.component_id),
      headers: { [API_KEY_HEADER]: identity.api_key },
      signal,
    });
  } catch (error) {
    logger.warn({ reason: errorMessage(error) }, 'new key not fetched, trying again');
    return undefined;
  }
  const key = answer.status === 200 ? parseRotatedKey(answer, identity.component_id) : undefined;
  if (key === undefined) {
    const problem = parseProblem(answer);
    // Somebody else was quicker, or it is not due any more.
    const level = answer.status === 409 ? 'debug' : 'warn';
    logger[level]({ status: answer.status, code: problem?.code }, 'no new key was given');
    return undefined;
  }
  failpoint('key.fetched');
  const next: Identity = { ...identity, api_key: key, previous_api_key: identity.api_key };
  await store.write(next);
  failpoint('key.stored');
  logger.info('the server gave a new key');
  return next;
}

/** Returns the identity with the key that worked before the newest one; undefined when there is none. */
export function withPreviousKey(identity: Identity): Identity | undefined {
  const { previous_api_key: previous, ...rest } = identity;
  return previous === undefined ? undefined : { ...rest, api_key: previous };
}

/** Returns the identity without its previous key, once the newest one is known to work. */
export function withoutPreviousKey(identity: Identity): Identity {
  const { previous_api_key: _, ...rest } = identity;
  return rest;
}
