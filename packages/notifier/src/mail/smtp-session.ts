import { Readable } from 'node:stream';
import type { MailServer } from '@stratora/contract';
import { connectFirst, OutboundError, type OutboundGuard } from '@stratora/runtime';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** Milliseconds of each stage: to connect, to the greeting, of silence. */
export interface StageLimits {
  connectMs: number;
  greetingMs: number;
  silenceMs: number;
}

export interface SessionOptions {
  server: MailServer;
  guard: Pick<OutboundGuard, 'resolve'>;
  limits: StageLimits;
  /** Name by which we greet; undefined: that of this machine. */
  clientName: string | undefined;
}

/** An open connection to a mail server, logged in, which carries one mail after the other. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  #isBroken = false;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    const breakDown = (): void => {
      this.#isBroken = true;
    };
    // An error that nobody waits for, such as that of a connection at rest, is no more than its end.
    connection.on('error', breakDown);
    connection.on('end', breakDown);
  }

  /** Whether another mail can go out by it. */
  get isUsable(): boolean {
    return !this.#isBroken;
  }

  /**
   * Connects to the address that the guard passed, greets, begins TLS where the settings want it, and logs in.
   *
   * @param signal ends it at any stage
   * @throws OutboundRefused, OutboundError, an error of the system or of the library of SMTP
   */
  static async open(options: SessionOptions, signal: AbortSignal): Promise<SmtpSession> {
    const { server, guard, limits } = options;
    const addresses = await guard.resolve(server.host, { port: server.port });
    signal.throwIfAborted();
    const socket = await connectFirst({
      addresses,
      port: server.port,
      signal: AbortSignal.any([signal, lateSignal(limits.connectMs, server.host)]),
    });
    const connection = new SMTPConnection({
      connection: socket,
      host: server.host,
      port: server.port,
      secure: server.security === 'tls',
      requireTLS: server.security === 'starttls',
      ignoreTLS: server.security === 'none',
      tls: tlsOptions(server),
      ...(options.clientName === undefined ? {} : { name: options.clientName }),
      connectionTimeout: limits.connectMs + limits.greetingMs,
      greetingTimeout: limits.greetingMs,
      socketTimeout: limits.silenceMs,
      socketCloseTimeout: 0,
    });
    const session = new SmtpSession(connection);
    try {
      await session.#step(signal, (done) => connection.connect(done));
      const { username, password } = server;
      if (username !== null && password !== null) {
        await session.#step(signal, (done) => connection.login({ user: username, pass: password }, done));
      }
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /**
   * Sends one mail to one recipient.
   * @param mayWrite asked when the server waits for the mail itself; false ends the connection
   * @returns what the server said
   * @throws as `open`
   */
  async send(
    envelope: { from: string; to: string; mayWrite?: (() => boolean) | undefined },
    mail: Buffer,
    signal: AbortSignal,
  ): Promise<string> {
    const { from, to, mayWrite = () => true } = envelope;
    try {
      const { response } = await this.#step<{ response: string }>(signal, (done) => {
        this.#connection.send({ from, to: [to] }, writtenIf(mayWrite, mail), done);
      });
      return response;
    } catch (error) {
      // A mail that was begun and not written is undone by the end of the connection alone.
      if (!mayWrite()) this.close();
      throw error;
    }
  }

  /** Makes it ready for another mail after one that was refused. */
  async reset(signal: AbortSignal): Promise<void> {
    await this.#step(signal, (done) => this.#connection.reset(done));
  }

  /** Says goodbye; the connection ends when the server has heard it. */
  quit(): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#connection.quit();
  }

  /** Ends the connection at once. */
  close(): void {
    this.#isBroken = true;
    this.#connection.close();
  }

  /** Waits for one step; a signal ends it, and with it the connection. */
  #step<T = unknown>(
    signal: AbortSignal,
    begin: (done: (error?: Error | null, result?: T) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const connection = this.#connection;
      const finish = (error?: Error | null, result?: T): void => {
        signal.removeEventListener('abort', giveUp);
        connection.off('error', finish);
        connection.off('end', ended);
        if (error) reject(error);
        else resolve(result as T);
      };
      const giveUp = (): void => {
        this.close();
        finish(signal.reason as Error);
      };
      // What the step itself says of an end says more, and comes with it.
      const ended = (): void => void setImmediate(() => finish(CLOSED));
      if (signal.aborted || this.#isBroken) {
        finish(signal.aborted ? (signal.reason as Error) : CLOSED);
        return;
      }
      signal.addEventListener('abort', giveUp, { once: true });
      connection.once('error', finish);
      connection.once('end', ended);
      begin(finish);
    });
  }
}

/** Makes a stream of a mail that asks before it gives it. */
function writtenIf(mayWrite: () => boolean, mail: Buffer): Readable {
  return new Readable({
    read() {
      if (!mayWrite()) this.destroy(new OutboundError('aborted', 'The mail may not be written any more'));
      else {
        this.push(mail);
        this.push(null);
      }
    },
  });
}

const CLOSED = Object.assign(new Error('The server closed the connection.'), { code: 'ECONNECTION' });

function tlsOptions({ host, ca_pem }: MailServer) {
  return { host, minVersion: 'TLSv1.2' as const, ...(ca_pem === null ? {} : { ca: ca_pem }) };
}

function lateSignal(ms: number, host: string): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(
      new OutboundError('timeout', `The mail server ${host} takes no connection within ${ms / 1000} s.`),
    );
  }, ms);
  timer.unref();
  return controller.signal;
}
