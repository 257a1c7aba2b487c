import type { ComponentType, RegisterRequest, RegisterResponse } from '@stratora/contract';
import { API_KEY_HEADER, COMPONENT_ROUTES } from '@stratora/contract/wire';
import { type Clock, createBackoff, type HttpClient, type Logger, sleep } from '@stratora/runtime';
import { adviceOn } from '../connection-advice.ts';
import type { Failpoint } from '../failpoint.ts';
import { parseProblem, parseRegistered, parseRetryAfterMs } from '../server-answer.ts';
import type { Identity, IdentityStore } from './identity.ts';

/** Facts about the host for the registration. */
export interface EnrollmentHost {
  hostname: string;
  os: string;
  arch: string;
  /** A hash of the machine's id; undefined where it has none. */
  machineId: string | undefined;
  /** Reads the addresses of the host, the one that its calls leave from first. */
  readAddresses: () => Promise<string[]>;
}

export interface EnrollmentOptions {
  client: HttpClient;
  store: IdentityStore;
  componentType: ComponentType;
  serverUrl: string;
  caFingerprint: string | null;
  host: EnrollmentHost;
  version: string;
  name?: string;
  siteName?: string;
  /** Reads the token before every try, since a file may be filled or renewed while we wait. */
  token: () => Promise<string | undefined>;
  clock: Clock;
  logger: Logger;
  failpoint: Failpoint;
}

/** A refusal by the server for a reason that only a person can change. */
export class EnrollmentRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'EnrollmentRefused';
    this.code = code;
  }
}

const RETRY = { minMs: 1000, maxMs: 60_000, jitter: 0.5 };

async function requestBody(options: EnrollmentOptions, token: string): Promise<string> {
  const { host } = options;
  const body: RegisterRequest = {
    enrollment_token: token,
    component_type: options.componentType,
    hostname: host.hostname,
    version: options.version,
    os: host.os,
    arch: host.arch,
    ...(options.name ? { name: options.name } : {}),
    ...(options.siteName ? { site_name: options.siteName } : {}),
    ...(host.machineId ? { machine_id: host.machineId } : {}),
    ip_addresses: await host.readAddresses(),
  };
  return JSON.stringify(body);
}

type Attempt =
  | { kind: 'registered'; answer: RegisterResponse }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'later'; message: string; afterMs: number | undefined };

async function attempt(
  options: EnrollmentOptions,
  oldKey: string | undefined,
  signal: AbortSignal,
): Promise<Attempt> {
  const token = await options.token();
  if (!token)
    return { kind: 'refused', code: 'no_enrollment_token', message: 'No enrollment token is given' };
  options.failpoint('enroll.before-register');
  const answer = await options.client.request({
    method: 'POST',
    path: COMPONENT_ROUTES.register,
    headers: { 'content-type': 'application/json', ...(oldKey ? { [API_KEY_HEADER]: oldKey } : {}) },
    body: await requestBody(options, token),
    signal,
  });
  const accepted = answer.status === 200 || answer.status === 201;
  const registered = accepted ? parseRegistered(answer, options.componentType) : undefined;
  if (registered) return { kind: 'registered', answer: registered };
  const problem = parseProblem(answer);
  if (problem && [400, 401, 403, 409].includes(answer.status)) {
    return { kind: 'refused', code: problem.code, message: problem.detail };
  }
  const afterMs = parseRetryAfterMs(answer.headers['retry-after'], options.clock.now());
  return {
    kind: 'later',
    message: `The server answered ${answer.status} ${problem?.code ?? ''}`.trim(),
    afterMs,
  };
}

/**
 * Returns the old key for the server that gave it and for no other: a host that is given to another server brings it
 * nothing.
 */
function proofOf(previous: Identity | undefined, options: EnrollmentOptions): string | undefined {
  if (!previous) return undefined;
  const { serverUrl, caFingerprint } = options;
  const before = previous.ca_fingerprint?.replaceAll(':', '').toLowerCase() ?? null;
  const isSame = previous.server_url === serverUrl || (caFingerprint !== null && before === caFingerprint);
  return isSame ? previous.api_key : undefined;
}

export type Registration =
  | { identity: Identity; approved: boolean }
  /** Not registered yet, and why. `isUntrusted`: the peer was not verified as our server. */
  | { retryAfterMs: number | undefined; message: string; isUntrusted: boolean };

/**
 * Registers once, whatever happens on the way: the server answers a repeated registration of this host with the same
 * component and a new key, so a lost answer only costs another try. The key that is at hand goes along as proof, which
 * keeps an approval. The identity is on disk, twice, when this returns.
 *
 * @throws EnrollmentRefused when the token does not do
 */
export async function registerOnce(
  options: EnrollmentOptions,
  previous: Identity | undefined,
  signal: AbortSignal,
): Promise<Registration> {
  let outcome: Attempt;
  try {
    outcome = await attempt(options, proofOf(previous, options), signal);
  } catch (error) {
    const { isUntrusted, text } = adviceOn(error, options);
    return { retryAfterMs: undefined, message: text, isUntrusted };
  }
  if (outcome.kind === 'refused') throw new EnrollmentRefused(outcome.code, outcome.message);
  if (outcome.kind === 'later') {
    return { retryAfterMs: outcome.afterMs, message: outcome.message, isUntrusted: false };
  }
  options.failpoint('enroll.after-register');
  const { answer } = outcome;
  const identity: Identity = {
    version: 1,
    component_type: options.componentType,
    component_id: answer.component_id,
    node_id: answer.node_id ?? null,
    api_key: answer.api_key,
    server_url: options.serverUrl,
    ca_fingerprint: options.caFingerprint,
    hostname: options.host.hostname,
    enrolled_at: new Date(options.clock.now()).toISOString(),
  };
  await options.store.write(identity);
  options.failpoint('enroll.identity-written');
  return { identity, approved: answer.status === 'approved' };
}

export interface Waiting {
  signal: AbortSignal;
  /** Called with the reason why it takes longer, whenever that changes. */
  onWait: (reason: string) => void;
}

/** Registers, and tries again with backoff for as long as it takes; a refusal is said once and tried again later. */
export async function registerUntilDone(
  options: EnrollmentOptions,
  { signal, onWait }: Waiting,
): Promise<Identity | undefined> {
  const backoff = createBackoff(RETRY);
  let said = '';
  while (!signal.aborted) {
    let message: string;
    let delayMs = backoff.next();
    try {
      const result = await registerOnce(options, undefined, signal);
      if ('identity' in result) {
        options.logger.info(
          { componentId: result.identity.component_id, approved: result.approved },
          'registered with the server',
        );
        return result.identity;
      }
      message = result.message;
      delayMs = Math.max(delayMs, result.retryAfterMs ?? 0);
    } catch (error) {
      if (!(error instanceof EnrollmentRefused)) throw error;
      message = `${error.code}: ${error.message}`;
    }
    if (message !== said && !signal.aborted) {
      options.logger.warn({ reason: message }, 'not registered yet, trying again');
      onWait(`not registered with the server yet: ${message}`);
      said = message;
    }
    await sleep(delayMs, options.clock, signal);
  }
  return undefined;
}
