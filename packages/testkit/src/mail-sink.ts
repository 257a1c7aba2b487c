import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { TlsKeyPair } from './test-authority.ts';

/** A mail as the server took it. */
export interface TakenMail {
  from: string;
  to: string[];
  raw: Buffer;
  isSecure: boolean;
  /** Who had logged in; undefined where nobody had. */
  user: string | undefined;
}

/** A stage of a conversation at which a server may say nothing any more. */
export type MailStage = 'greeting' | 'login' | 'sender' | 'recipient' | 'data';

export interface MailSinkOptions {
  /** Address of another interface than the loopback, for callers in other namespaces. */
  host?: string;
  /** With it the server offers STARTTLS. */
  tls?: TlsKeyPair;
  /** Whether TLS begins with the first byte. */
  isSecure?: boolean;
  /** With it the server wants a login. */
  login?: { user: string; password: string };
}

/** A real SMTP server on a free port of the loopback, which keeps what it takes and misbehaves when it is told to. */
export class MailSink {
  readonly mails: TakenMail[] = [];
  /** Answers to recipients that are not taken, by address: `451 4.7.1 greylisted`. */
  readonly refusals = new Map<string, string>();
  /** Answers to the next mails in place of taking them. */
  readonly dataAnswers: string[] = [];
  /** Stage at which it says nothing any more. */
  stallAt: MailStage | undefined;
  connections = 0;
  logins = 0;
  readonly #server: SMTPServer;
  readonly #port: Promise<number>;

  private constructor(options: MailSinkOptions) {
    this.#server = new SMTPServer(this.#configOf(options));
    this.#server.on('error', () => undefined);
    this.#port = new Promise((resolve, reject) => {
      this.#server.server.once('error', reject);
      this.#server.listen(0, options.host ?? '127.0.0.1', () => {
        resolve((this.#server.server.address() as AddressInfo).port);
      });
    });
  }

  static async start(options: MailSinkOptions = {}): Promise<MailSink & { readonly port: number }> {
    const sink = new MailSink(options);
    return Object.assign(sink, { port: await sink.#port });
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const connection of this.#server.connections) connection.close();
    });
  }

  #configOf({ tls, isSecure = false, login }: MailSinkOptions): SMTPServerOptions {
    const hidden = [...(tls === undefined ? ['STARTTLS'] : []), ...(login === undefined ? ['AUTH'] : [])];
    return {
      ...tls,
      secure: isSecure,
      authOptional: login === undefined,
      allowInsecureAuth: true,
      disabledCommands: hidden,
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_, done) => {
        this.connections += 1;
        this.#answer('greeting', done);
      },
      onAuth: ({ username, password }, _, done) => {
        this.logins += 1;
        if (this.stallAt === 'login') return;
        const isRight = username === login?.user && password === login?.password;
        if (isRight) done(null, { user: username });
        else done(errorOf('535 5.7.8 Authentication failed'));
      },
      onMailFrom: (_, __, done) => this.#answer('sender', done),
      onRcptTo: ({ address }, _, done) => {
        const refusal = this.refusals.get(address);
        if (refusal === undefined) this.#answer('recipient', done);
        else done(errorOf(refusal));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const answer = this.dataAnswers.shift();
          if (answer !== undefined) {
            done(errorOf(answer));
            return;
          }
          if (this.stallAt !== 'data') {
            const { mailFrom, rcptTo } = session.envelope;
            this.mails.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address),
              raw: Buffer.concat(chunks),
              isSecure: session.secure,
              user: session.user as string | undefined,
            });
          }
          this.#answer('data', done);
        });
      },
    };
  }

  #answer(stage: MailStage, done: (error?: Error | null) => void): void {
    if (this.stallAt !== stage) done();
  }
}

/** Makes the answer of a server of a line such as `451 4.7.1 greylisted`. */
function errorOf(line: string): Error & { responseCode: number } {
  return Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) });
}
