import type { VsphereSecret } from '@stratora/contract';
import { OutboundError, sanitizeText } from '@stratora/runtime';
import { GatherError, type TargetStatus } from '../input.ts';
import { createGuard } from '../inputs/engine-names.ts';
import { retrieveServiceContent } from '../inputs/vsphere/vim-requests.ts';
import { VimSession } from '../inputs/vsphere/vim-session.ts';
import { textAt, type XmlElement } from '../inputs/vsphere/xml-tree.ts';
import { type LoginAnswer, type LoginCall, loggedIn, notLoggedIn } from './login.ts';

/** Milliseconds for each call: a vCenter takes its time over a login. */
const TIMEOUT_MS = 15_000;

const OUTCOMES: Readonly<Record<TargetStatus, Exclude<LoginAnswer['outcome'], 'ok'>>> = {
  ok: 'failed',
  timeout: 'timeout',
  auth: 'auth',
  refused: 'refused',
  bad_answer: 'bad_answer',
  limit: 'failed',
};

/** Logs in to a vCenter or an ESXi host, asks what it is, and logs out. */
export async function tryToEnterVsphere(call: LoginCall): Promise<LoginAnswer> {
  const { order, outboundAllow, signal } = call;
  const target = {
    url: addressOf(call),
    timeoutMs: TIMEOUT_MS,
    takesAnyCertificate: order.any_certificate,
    guard: createGuard({ allow: outboundAllow }),
  };
  const session = new VimSession(target, order.secret as VsphereSecret);
  try {
    return answered(await session.run(signal, (calls) => calls.call(retrieveServiceContent())));
  } catch (error) {
    if (signal.aborted || !(error instanceof GatherError)) throw error;
    return failure(error);
  } finally {
    await session.end();
  }
}

/** Returns the address of the web service, as the collector's config has it: the host of the web address, else the node's. */
function addressOf({ order: { host, url } }: LoginCall): URL {
  if (url !== null && /^\s*https:/i.test(url)) return new URL(`https://${new URL(url).host}/sdk`);
  return new URL(`https://${host.includes(':') ? `[${host}]` : host}/sdk`);
}

function answered(answer: XmlElement): LoginAnswer {
  const about = (field: string) => {
    const text = textAt(answer, 'returnval', 'about', field);
    return text === '' ? null : sanitizeText(text, 1024);
  };
  return loggedIn('The vCenter takes the login.', { name: about('name'), description: about('fullName') });
}

function failure(error: GatherError): LoginAnswer {
  const { cause, message, status } = error;
  if (cause instanceof OutboundError && cause.reason === 'tls')
    return notLoggedIn('untrusted', `${message} The login was not sent.`, cause.message);
  return notLoggedIn(OUTCOMES[status], message, cause instanceof Error ? cause.message : undefined);
}
