import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from '@stratora/testkit';

/** A message as it arrived: its key, and what it says of which alert. */
export interface ArrivedMessage {
  readonly at: number;
  /** Which of the ways it came by. */
  readonly way: string;
  readonly key: string;
  readonly notices: readonly { alertId: string; event: string }[];
}

interface Body {
  details: { alerts: { alert_id: string | null; details: { event: string } }[] };
}

/** The other end of webhooks, which writes down what arrives. Each way has a path of its own. */
export class NoticeSink {
  readonly arrived: ArrivedMessage[] = [];
  /** Milliseconds until it answers: time in which a sender can be lost. */
  answerMs = 0;
  readonly #server = new LoopbackServer((request, body, response) => this.#take(request, body, response));

  get url(): string {
    return this.#server.url;
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  #take(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { details } = JSON.parse(body.toString()) as Body;
    this.arrived.push({
      at: Date.now(),
      way: request.url ?? '',
      key: String(request.headers['idempotency-key']),
      notices: details.alerts.map((one) => ({ alertId: one.alert_id ?? '', event: one.details.event })),
    });
    setTimeout(() => response.writeHead(204).end(), this.answerMs);
  }

  /** Messages by their keys. */
  byKey(): Map<string, ArrivedMessage[]> {
    return Map.groupBy(this.arrived, ({ way, key }) => `${way} ${key}`);
  }

  /** Number of messages that arrived under a key that had arrived before. */
  resent(): number {
    return [...this.byKey().values()].reduce((sum, of) => sum + of.length - 1, 0);
  }

  /** What arrived twice under different keys, one line each: nobody can tell that it is the same. */
  toldTwice(): string[] {
    const keys = new Map<string, Set<string>>();
    for (const { way, key, notices } of this.arrived) {
      for (const { alertId, event } of notices) {
        if (event === 'test') continue;
        const what = `${way} ${alertId} ${event}`;
        keys.set(what, (keys.get(what) ?? new Set()).add(key));
      }
    }
    return [...keys].filter(([, of]) => of.size > 1).map(([what]) => what);
  }
}
