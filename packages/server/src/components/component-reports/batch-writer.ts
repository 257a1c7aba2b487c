import type { Logger } from '@stratora/runtime';
import { isDatabaseAway } from '../../platform/db/index.ts';

export interface BatchWriter<T> {
  size: number;
  write: (batch: readonly [string, T][]) => Promise<void>;
  /** What could not be written now and must wait. */
  putBack: (entries: readonly [string, T][]) => void;
  logger: Logger;
}

/**
 * Writes what is waiting by component, some at a time. A batch that the database refuses for what is in it is written one
 * by one, and what it refuses then is dropped: one component's nonsense must not hold up the words of all others.
 *
 * @throws what came up while the database was away; the rest was put back
 */
export async function writeBatches<T>(
  entries: readonly [string, T][],
  { size, write, putBack, logger }: BatchWriter<T>,
): Promise<void> {
  for (let start = 0; start < entries.length; start += size) {
    const batch = entries.slice(start, start + size);
    try {
      await write(batch);
    } catch (error) {
      if (isDatabaseAway(error)) {
        putBack(entries.slice(start));
        throw error;
      }
      const [only] = batch;
      if (batch.length > 1) {
        const rest = entries.slice(start + size);
        const putBackAll = (left: readonly [string, T][]) => putBack([...left, ...rest]);
        await writeBatches(batch, { size: 1, write, putBack: putBackAll, logger });
      } else if (only) {
        logger.error({ err: error, component_id: only[0] }, 'what a component told cannot be stored');
      }
    }
  }
}
