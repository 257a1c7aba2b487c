import type { Tx } from '../../platform/db/index.ts';

/**
 * Hears of alerts that began, changed or ended, within the transaction that changed them and after it has written them: what
 * it writes stands or falls with the change. Of values it hears nothing.
 */
export type AlertObserver = (tx: Tx, alertIds: readonly string[], at: Date) => Promise<void>;
