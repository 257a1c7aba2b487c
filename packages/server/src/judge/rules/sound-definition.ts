import { type AlertDefinition, definitionFaults, type WrittenDefinition } from '@stratora/contract';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { SummaryValues } from '../summary-text/index.ts';
import { findDefinitions } from './definition-queries.ts';
import { notValid } from './definition-refusal.ts';
import { definitionTextFaults } from './definition-text.ts';
import { hasPlace } from './definition-writing-queries.ts';
import { familyFaults } from './family-faults.ts';

/** What the faults of a definition are looked for with. */
export interface SoundnessFacts {
  /** The definition before the change; undefined for a new one. */
  before: AlertDefinition | undefined;
  /** Alerts as it would make them now; none where nobody knows. */
  samples: readonly SummaryValues[];
}

/**
 * Requires of a definition what must hold to save it; a trial requires the same.
 * @throws AppError validation_failed with all that is wrong with it, in itself and in its family
 */
export async function requireSound(
  db: Database | Tx,
  written: WrittenDefinition,
  { before, samples }: SoundnessFacts,
): Promise<void> {
  const own = [...definitionFaults(written), ...definitionTextFaults(written, samples)];
  if (own.length > 0) throw notValid(own);
  const others = (await findDefinitions(db)).filter(({ id }) => id !== before?.id);
  const faults = familyFaults(written, {
    before,
    root: others.find(({ id }) => id === written.overrides),
    overrides: before === undefined ? [] : others.filter(({ overrides }) => overrides === before.id),
    siblings: others.filter(({ overrides }) => overrides !== null && overrides === written.overrides),
    hasPlace: await hasPlace(db, written.scope),
  });
  if (faults.length > 0) throw notValid(faults);
}
