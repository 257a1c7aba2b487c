import { type CredentialType, DISCOVERY_PART_SECONDS, type DiscoveryOrder } from '@stratora/contract';
import { errorMessage, type Logger } from '@stratora/runtime';
import type { RunRow } from './job-row.ts';
import type { SealedCredential } from './run-queries.ts';

/** Opens the secret of a credential's row. @throws when it cannot be opened here */
export type OpenSecret = (row: {
  id: string;
  type: string;
  secret: Buffer;
  keyVersion: number;
}) => Record<string, unknown>;

export interface OrderMeans {
  openSecret: OpenSecret;
  logger: Logger;
}

/** The order of a run, with secrets, and what is to be said of credentials that are no part of it. */
export interface MadeOrder {
  readonly order: DiscoveryOrder;
  readonly remarks: readonly string[];
}

/**
 * Makes the order of a run: the secrets are opened for it alone.
 *
 * @param now the time @param stopAt when the hours end in which it may send @param rules by which devices are asked, packed; null for who has them
 */
export function makeOrder(
  run: RunRow,
  sealed: readonly SealedCredential[],
  {
    openSecret,
    logger,
    now,
    stopAt,
    rules,
  }: OrderMeans & { now: number; stopAt: number | undefined; rules: string | null },
): MadeOrder {
  const remarks: string[] = [];
  const credentials = sealed.flatMap(({ id, name, type, enabled, secret, keyVersion }) => {
    if (!enabled) {
      remarks.push(`The credential ${name} is switched off and was not tried.`);
      return [];
    }
    try {
      return [{ id, type: type as CredentialType, secret: openSecret({ id, type, secret, keyVersion }) }];
    } catch (error) {
      logger.error({ credential_id: id, reason: errorMessage(error) }, 'credential cannot be opened');
      remarks.push(`The secret of the credential ${name} cannot be opened, so it was not tried.`);
      return [];
    }
  });
  const { id, plan, cursor, next_part } = run;
  const order: DiscoveryOrder = {
    run_id: id,
    targets: plan.targets,
    crawl: plan.crawl,
    credentials,
    options: plan.options,
    rules,
    cursor,
    next_part,
    part_seconds: DISCOVERY_PART_SECONDS,
    stop_at: stopAt === undefined ? null : new Date(stopAt).toISOString(),
    sent_at: new Date(now).toISOString(),
  };
  return { order, remarks };
}
