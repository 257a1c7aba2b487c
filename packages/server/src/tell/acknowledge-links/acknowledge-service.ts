import type { AlertDetail } from '@stratora/contract';
import { AppError, type Clock } from '@stratora/runtime';
import type { Actor } from '../../platform/audit/index.ts';
import { type LinkClaim, readToken, writeToken } from './acknowledge-token.ts';

/** Seconds for which a link holds. */
export const LINK_SECONDS = 24 * 3600;

export interface AcknowledgeOptions {
  clock: Pick<Clock, 'now'>;
  /** Returns the key that signs links. */
  key: () => Buffer;
  /** Returns the origin under which people reach the server, without a slash at its end. */
  publicOrigin: () => string;
  alerts: {
    /** @throws AppError not_found */
    get(id: string): Promise<AlertDetail>;
    /** @throws AppError not_found, invalid_state for one that is resolved */
    acknowledge(actor: Actor, id: string): Promise<AlertDetail>;
  };
}

/** What a link leads to now. */
export type LinkState =
  | { readonly kind: 'unknown' | 'expired' | 'gone' }
  | {
      readonly kind: 'open' | 'acknowledged' | 'resolved';
      readonly alert: AlertDetail;
      readonly claim: LinkClaim;
    };

/** The service of links by which whoever was told of an alert acknowledges it without a login. */
export class AcknowledgeService {
  readonly #options: AcknowledgeOptions;

  constructor(options: AcknowledgeOptions) {
    this.#options = options;
  }

  get homeUrl(): string {
    return this.#options.publicOrigin();
  }

  /** Returns the link for an alert and a recipient; it holds for 24 hours from a time. */
  urlOf(alertId: string, recipient: string, at: Date): string {
    const expiresAt = Math.floor(at.getTime() / 1000) + LINK_SECONDS;
    const token = writeToken({ alertId, recipient, expiresAt }, this.#options.key());
    return `${this.#options.publicOrigin()}/api/v1/acknowledge/${token}`;
  }

  /** Finds what a link leads to; nothing changes by that, however often scanners of mail open it. */
  async look(token: string): Promise<LinkState> {
    const claim = this.#claimOf(token);
    if ('kind' in claim) return claim;
    return this.#find(claim);
  }

  /** Acknowledges by a link, once; a second time finds it acknowledged. */
  async acknowledge(token: string, request: { id: string; address: string }): Promise<LinkState> {
    const claim = this.#claimOf(token);
    if ('kind' in claim) return claim;
    const before = await this.#find(claim);
    if (before.kind !== 'open') return before;
    const actor: Actor = {
      userId: null,
      name: `${claim.recipient} (by link)`,
      requestId: request.id,
      address: request.address,
    };
    return this.#states(claim, () => this.#options.alerts.acknowledge(actor, claim.alertId));
  }

  #claimOf(token: string): LinkClaim | { kind: 'unknown' | 'expired' } {
    const { clock, key } = this.#options;
    const claim = readToken(token, key());
    if (claim === undefined) return { kind: 'unknown' };
    return claim.expiresAt * 1000 < clock.now() ? { kind: 'expired' } : claim;
  }

  #find(claim: LinkClaim): Promise<LinkState> {
    return this.#states(claim, () => this.#options.alerts.get(claim.alertId));
  }

  async #states(claim: LinkClaim, read: () => Promise<AlertDetail>): Promise<LinkState> {
    try {
      const alert = await read();
      return { kind: kindOf(alert), alert, claim };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'not_found') return { kind: 'gone' };
      // It resolved between the look and the deed.
      if (error.code === 'invalid_state') return this.#find(claim);
      throw error;
    }
  }
}

function kindOf({ state, acknowledged }: AlertDetail): 'open' | 'acknowledged' | 'resolved' {
  if (state === 'resolved') return 'resolved';
  return acknowledged === null ? 'open' : 'acknowledged';
}
