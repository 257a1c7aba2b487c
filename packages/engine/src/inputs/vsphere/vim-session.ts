import { GatherError } from '../../input.ts';
import { noVsphere, vsphereLoginRefused, vsphereNotAllowed, vsphereRefuses } from '../../target-words.ts';
import { SoapClient, type SoapTarget, VimFault } from './soap-client.ts';
import {
  login,
  logout,
  type ObjectRef,
  refOf,
  retrieveServiceContent,
  type ServiceContent,
} from './vim-requests.ts';
import { childOf, type XmlElement } from './xml-tree.ts';

export interface VimLogin {
  readonly username: string;
  readonly password: string;
}

/** The calls that a session allows, for as long as it lasts. */
export interface VimCalls {
  readonly content: ServiceContent;
  /** Number of the session, which grows with each login. */
  readonly session: number;
  /** @throws VimFault, GatherError */
  readonly call: (request: string) => Promise<XmlElement>;
}

/** Milliseconds for the end of a session, and for a login that is under way when it is to end. */
const END_MS = 3000;

/**
 * The one session with a vSphere server: made when it is first needed, used until it expires, ended at the stop. A server
 * keeps a few hundred sessions and each for half an hour, so that none may be left behind.
 */
export class VimSession {
  readonly #target: SoapTarget;
  readonly #login: VimLogin;
  #cookie = '';
  #content: ServiceContent | undefined;
  #logins = 0;
  #loggingIn: Promise<void> | undefined;

  constructor(target: SoapTarget, who: VimLogin) {
    this.#target = target;
    this.#login = who;
  }

  /**
   * Does work with the session, which is begun first where there is none. Where the server has forgotten it, the work is
   * done once more with a new one.
   *
   * @throws GatherError
   */
  async run<T>(signal: AbortSignal, work: (calls: VimCalls) => Promise<T>): Promise<T> {
    const client = new SoapClient(this.#target);
    try {
      for (;;) {
        const isNew = this.#cookie === '';
        const content = await this.#begin(client, signal);
        const calls: VimCalls = {
          content,
          session: this.#logins,
          call: async (request) => (await client.call(request, { session: this.#cookie, signal })).answer,
        };
        try {
          return await work(calls);
        } catch (error) {
          if (!isExpired(error) || isNew) throw error;
          this.#cookie = '';
        }
      }
    } catch (error) {
      throw explainFault(error);
    } finally {
      const close = (): void => client.close();
      if (this.#loggingIn === undefined) close();
      else void this.#loggingIn.then(close, close);
    }
  }

  /** Ends the session at the server; never fails and never takes long. */
  async end(): Promise<void> {
    const late = AbortSignal.timeout(END_MS);
    await raced(this.#loggingIn ?? Promise.resolve(), late).catch(() => undefined);
    const session = this.#cookie;
    if (session === '' || this.#content === undefined) return;
    this.#cookie = '';
    const client = new SoapClient({ ...this.#target, timeoutMs: Math.min(END_MS, this.#target.timeoutMs) });
    try {
      await client.call(logout(this.#content.sessionManager), { session, signal: late });
    } catch {
      // The server is away, or has ended the session itself.
    } finally {
      client.close();
    }
  }

  async #begin(client: SoapClient, signal: AbortSignal): Promise<ServiceContent> {
    if (this.#cookie !== '' && this.#content !== undefined) return this.#content;
    const { answer } = await client.call(retrieveServiceContent(), { session: '', signal });
    const content = readServiceContent(answer);
    this.#content = content;
    // A login that is broken off may have made a session that nobody could end: it goes on, and `end` waits for it.
    this.#loggingIn = this.#logIn(client, content.sessionManager).finally(() => {
      this.#loggingIn = undefined;
    });
    await raced(this.#loggingIn, signal);
    return content;
  }

  async #logIn(client: SoapClient, manager: ObjectRef): Promise<void> {
    const { username, password } = this.#login;
    const signal = AbortSignal.timeout(this.#target.timeoutMs + END_MS);
    const { session } = await client.call(login(manager, username, password), { session: '', signal });
    if (session === undefined) throw new GatherError('bad_answer', noVsphere());
    this.#cookie = session;
    this.#logins += 1;
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof VimFault && error.kind === 'NotAuthenticated';
}

/** Says in our words what a server answers with. */
export function explainFault(error: unknown): unknown {
  if (!(error instanceof VimFault)) return error;
  if (error.kind === 'InvalidLogin') return new GatherError('auth', vsphereLoginRefused(), { cause: error });
  if (error.kind === 'NoPermission') return new GatherError('auth', vsphereNotAllowed(), { cause: error });
  return new GatherError('bad_answer', vsphereRefuses(), { cause: error });
}

function readServiceContent(answer: XmlElement): ServiceContent {
  const value = childOf(answer, 'returnval');
  const ref = (name: string): ObjectRef => {
    const found = refOf(childOf(value, name));
    if (found === undefined) throw new GatherError('bad_answer', noVsphere());
    return found;
  };
  return {
    rootFolder: ref('rootFolder'),
    propertyCollector: ref('propertyCollector'),
    viewManager: ref('viewManager'),
    sessionManager: ref('sessionManager'),
    perfManager: ref('perfManager'),
  };
}

/** Waits for work no longer than until the signal is aborted. */
async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
