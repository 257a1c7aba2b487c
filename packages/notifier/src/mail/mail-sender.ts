import type { MailServer } from '@stratora/contract';
import { OutboundError, type OutboundGuard } from '@stratora/runtime';
import type { SendResult } from '../send-result.ts';
import { composeMail, type Mail } from './mail-bytes.ts';
import { smtpFailure } from './smtp-failure.ts';
import { SmtpPool } from './smtp-pool.ts';
import type { StageLimits } from './smtp-session.ts';

export interface MailSenderOptions {
  guard: Pick<OutboundGuard, 'resolve'>;
  /** The mail server in force, with its password; undefined where there is none. */
  mailServer: () => MailServer | undefined;
  /** The address by which people reach the server. */
  publicOrigin: () => string;
  now: () => Date;
  limits?: MailLimits;
}

export interface MailLimits extends StageLimits {
  /** Milliseconds for one mail, from its turn to the server's last word. */
  wholeMs: number;
}

const LIMITS: MailLimits = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 15_000, wholeMs: 28_000 };

/** The sender of mail, to one recipient each: one that is refused fails nobody else. */
export class MailSender {
  readonly #options: MailSenderOptions;
  #pool: { key: string; pool: SmtpPool } | undefined;

  constructor(options: MailSenderOptions) {
    this.#options = options;
  }

  /** Tries to send a mail, once. @throws what is a fault of our own */
  async send(mail: Mail, signal: AbortSignal): Promise<SendResult> {
    const server = this.#options.mailServer();
    if (server === undefined) return NO_SERVER;
    const { wholeMs } = this.#options.limits ?? LIMITS;
    const frame = { from: server.from, host: this.#host(), date: this.#options.now() };
    const bytes = await composeMail(mail, frame);
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort(new OutboundError('timeout', `The mail server took longer than ${wholeMs / 1000} s.`));
    }, wholeMs);
    try {
      return await this.#deliver(server, mail, bytes, AbortSignal.any([signal, deadline.signal]));
    } catch (error) {
      if (signal.aborted) return ENDED;
      return smtpFailure(error, server.host, server.password);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the connections that rest. */
  close(): void {
    this.#pool?.pool.close();
    this.#pool = undefined;
  }

  #deliver(
    server: MailServer,
    { recipient, mayWrite }: Mail,
    bytes: Buffer,
    signal: AbortSignal,
  ): Promise<SendResult> {
    return this.#poolOf(server).use(async (session) => {
      try {
        const said = await session.send({ from: server.from, to: recipient, mayWrite }, bytes, signal);
        return { ok: true, detail: `The mail server accepted it: ${said.slice(0, 200)}` };
      } catch (error) {
        if (session.isUsable) await session.reset(signal).catch(() => session.close());
        throw error;
      }
    }, signal);
  }

  /** Returns the pool of this server; one of other settings is closed. */
  #poolOf(server: MailServer): SmtpPool {
    const { guard, limits = LIMITS } = this.#options;
    const key = JSON.stringify(server);
    if (this.#pool?.key === key) return this.#pool.pool;
    this.#pool?.pool.close();
    const host = this.#host();
    const clientName = /^[a-z0-9.-]*[a-z][a-z0-9.-]*$/i.test(host) ? host : undefined;
    const pool = new SmtpPool({ server, guard, limits, clientName });
    this.#pool = { key, pool };
    return pool;
  }

  #host(): string {
    return new URL(this.#options.publicOrigin()).hostname;
  }
}

const NO_SERVER: SendResult = {
  ok: false,
  reason: 'no_mail_server',
  message: 'There is no mail server in the settings.',
  isFinal: false,
};
const ENDED: SendResult = {
  ok: false,
  reason: 'timeout',
  message: 'The try was ended before there was an answer.',
  isFinal: false,
};
