import { CLOCK_SKEW_SECONDS } from '@stratora/contract/wire';
import type { Clock, Logger } from '@stratora/runtime';

/** The difference of our clock from the server's. */
export class ClockSkew {
  readonly #clock: Clock;
  readonly #logger: Logger;
  #skewMs: number | undefined;
  #flagged = false;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Our clock minus the server's, in seconds; undefined until the server sent its time. */
  get seconds(): number | undefined {
    return this.#skewMs === undefined ? undefined : Math.round(this.#skewMs / 100) / 10;
  }

  /** @param serverTime as the server wrote it between `sentAt` and now; anything that is no time is ignored */
  note(serverTime: string | undefined, sentAt: number): void {
    const server = serverTime === undefined ? Number.NaN : Date.parse(serverTime);
    if (Number.isNaN(server)) return;
    this.#skewMs = (sentAt + this.#clock.now()) / 2 - server;
    const far = Math.abs(this.#skewMs) > CLOCK_SKEW_SECONDS * 1000;
    if (far === this.#flagged) return;
    this.#flagged = far;
    if (far) this.#logger.warn({ seconds: this.seconds }, 'the clock of this host is wrong');
    else this.#logger.info({ seconds: this.seconds }, 'the clock of this host is right again');
  }
}
