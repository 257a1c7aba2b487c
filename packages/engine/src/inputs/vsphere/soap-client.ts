import {
  createHttpClient,
  type HttpClient,
  OutboundError,
  type OutboundGuard,
  OutboundRefused,
} from '@stratora/runtime';
import { GatherError } from '../../input.ts';
import { answerTooLarge, noAnswerInTime, noVsphere, vsphereAnswerUnreadable } from '../../target-words.ts';
import { connectionFault, placeOf } from '../connection-fault.ts';
import { childOf, parseXml, textAt, type XmlElement, XmlFault } from './xml-tree.ts';

export interface SoapTarget {
  /** Address of the web service: `https://vcenter.example/sdk`. */
  readonly url: URL;
  /** Milliseconds from a request to the end of its answer. */
  readonly timeoutMs: number;
  /** True where the config says that any certificate will do. */
  readonly takesAnyCertificate: boolean;
  readonly guard: OutboundGuard;
}

/** A fault that a vSphere server answers with. */
export class VimFault extends Error {
  override readonly name = 'VimFault';
  /** Its type without the word Fault: `InvalidLogin`, `NotAuthenticated`. */
  readonly kind: string;
  /** The object that it is about; empty where it names none. */
  readonly object: string;

  constructor(fault: XmlElement) {
    super(textAt(fault, 'faultstring') || 'no words');
    const [detail] = childOf(fault, 'detail')?.children ?? [];
    this.kind = detail?.name.replace(/Fault$/, '') ?? '';
    this.object = textAt(detail, 'obj');
  }
}

/** Largest answer: a page of an inventory has a hundredth, all counters of a vCenter a tenth of it. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const SESSION_COOKIE = 'vmware_soap_session';
const OK = 200;
/** SOAP answers a fault with it. */
const FAULT = 500;
/** The version of the language that is spoken, which newer servers understand as well. */
const ACTION = '"urn:vim25/6.5"';
const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';
const TAIL = '</soapenv:Body></soapenv:Envelope>';

/** Speaks SOAP with one vSphere server over one connection, which is kept until it is closed. */
export class SoapClient {
  readonly #target: SoapTarget;
  #client: HttpClient | undefined;

  constructor(target: SoapTarget) {
    this.#target = target;
  }

  /**
   * Calls a method.
   *
   * @param request the element of the method, in namespace urn:vim25
   * @param session the cookie of the session; empty without one
   * @returns the element of the answer, and the cookie where a session was made
   * @throws VimFault for a fault, GatherError for everything else
   */
  async call(
    request: string,
    { session, signal }: { session: string; signal: AbortSignal },
  ): Promise<{ readonly answer: XmlElement; readonly session: string | undefined }> {
    let made: string | undefined;
    let status = 0;
    let body: string;
    try {
      const client = await this.#open();
      signal.throwIfAborted();
      const whole = await client.request({
        method: 'POST',
        path: this.#target.url.pathname,
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          soapaction: ACTION,
          'user-agent': 'Stratora',
          ...(session === '' ? {} : { cookie: session }),
        },
        body: `${HEAD}${request}${TAIL}`,
        signal,
        onHeaders: (_, __, distinct) => {
          made = sessionIn(distinct['set-cookie'] ?? []);
        },
      });
      ({ status } = whole);
      body = new TextDecoder('utf-8', { fatal: true }).decode(whole.body);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw this.#explain(error);
    }
    if (status !== OK && status !== FAULT)
      throw new GatherError('bad_answer', noVsphere(), asCause(`HTTP ${status}`));
    return { answer: read(body, status), session: made };
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  /** Connects to what the name stands for now; the guard has judged the addresses. */
  async #open(): Promise<HttpClient> {
    const { url, guard, timeoutMs, takesAnyCertificate } = this.#target;
    if (this.#client !== undefined) return this.#client;
    const addresses = await guard.resolve(placeOf(url).host);
    this.#client = createHttpClient({
      baseUrl: url.origin,
      addresses,
      refusesCommonName: true,
      takesAnyCertificate,
      timeoutMs,
      maxResponseBytes: MAX_ANSWER_BYTES,
      maxSockets: 1,
    });
    return this.#client;
  }

  #explain(error: unknown): unknown {
    if (error instanceof OutboundRefused) return new GatherError('refused', error.message);
    if (error instanceof TypeError)
      return new GatherError('bad_answer', vsphereAnswerUnreadable(), { cause: error });
    if (!(error instanceof OutboundError)) return error;
    const { url, timeoutMs } = this.#target;
    if (error.reason === 'timeout') return new GatherError('timeout', noAnswerInTime(timeoutMs / 1000));
    if (error.reason === 'too_large') return new GatherError('bad_answer', answerTooLarge());
    const { status, message } = connectionFault(error, placeOf(url));
    return new GatherError(status, message, { cause: error });
  }
}

function sessionIn(cookies: readonly string[]): string | undefined {
  const found = cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  return found?.split(';', 1)[0];
}

/** @throws VimFault, GatherError */
function read(body: string, status: number): XmlElement {
  let root: XmlElement;
  try {
    root = parseXml(body);
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw new GatherError('bad_answer', status === OK ? vsphereAnswerUnreadable() : noVsphere(), {
      cause: error,
    });
  }
  const [answer] = childOf(root, 'Body')?.children ?? [];
  if (root.name !== 'Envelope' || answer === undefined) throw new GatherError('bad_answer', noVsphere());
  if (answer.name === 'Fault') throw new VimFault(answer);
  return answer;
}

function asCause(words: string): ErrorOptions {
  return { cause: new Error(words) };
}
