import type { CredentialType, LoginResult } from '@stratora/contract';
import { SECRET_MARK } from '@stratora/contract/wire';
import { errorMessage, sanitizeText } from '@stratora/runtime';
import { type LoginAnswer, type LoginCall, notLoggedIn } from './login.ts';
import { tryToReadSnmp } from './snmp-login.ts';
import { tryToEnterVsphere } from './vsphere-login.ts';
import { tryToReadPage } from './web-login.ts';

const WAYS: Partial<Record<CredentialType, (call: LoginCall) => Promise<LoginAnswer>>> = {
  snmp_v1: tryToReadSnmp,
  snmp_v2c: tryToReadSnmp,
  snmp_v3: tryToReadSnmp,
  vsphere: tryToEnterVsphere,
  http: tryToReadPage,
};

/** Parts of secrets that are none: what is shown of them tells nobody how to get in. */
const OPEN_PARTS: ReadonlySet<string> = new Set([
  'username',
  'domain',
  'scheme',
  'security_level',
  'auth_protocol',
  'priv_protocol',
  'context_name',
]);
/** Shortest text that is looked for in what is said: a shorter one stands in any sentence. */
const SECRET_MIN = 4;

/**
 * Logs in to a device once and says what came of it. No word of the answer repeats the secret, whatever the device sends.
 *
 * @returns undefined for a type of credential that nothing here can log in with
 */
export async function tryLogin(call: LoginCall): Promise<LoginResult | undefined> {
  const way = WAYS[call.order.type];
  if (!way) return undefined;
  const startedAt = performance.now();
  const answer = await way(call).catch((error: unknown) => brokenOff(call, error));
  const took_ms = Math.round(performance.now() - startedAt);
  return { ...withoutSecrets(answer, call.order.secret), took_ms };
}

function brokenOff({ signal }: LoginCall, error: unknown): LoginAnswer {
  if (signal.aborted) return notLoggedIn('timeout', 'The login did not come to an end in time.');
  return notLoggedIn('failed', 'The login failed for an unexpected reason.', errorMessage(error));
}

function withoutSecrets(answer: LoginAnswer, secret: Readonly<Record<string, unknown>>): LoginAnswer {
  const hidden = Object.entries(secret)
    .filter(([name, value]) => !OPEN_PARTS.has(name) && typeof value === 'string')
    .map(([, value]) => String(value))
    .filter((text) => text.length >= SECRET_MIN);
  const clean = (text: string) =>
    hidden.reduce((shown, word) => shown.replaceAll(word, SECRET_MARK), sanitizeText(text, 1024));
  const maybe = (text: string | null) => (text === null ? null : clean(text));
  const { outcome, message, detail, device } = answer;
  return {
    outcome,
    message: clean(message),
    detail: maybe(detail),
    device: device && {
      name: maybe(device.name),
      description: maybe(device.description),
      object_id: device.object_id,
    },
  };
}
