import type { CredentialKeyStatus } from '@stratora/contract';
import { errorMessage } from '@stratora/runtime';
import type { Database, Tx } from '../db/index.ts';
import type { SealedRow, SealedRows } from '../sealed-rows.ts';
import type { KeyRing } from '../secrets/index.ts';

type Unreadable = CredentialKeyStatus['unreadable'][number];

/** Most rows that cannot be opened that are told of. */
const UNREADABLE_MAX = 100;

export interface ResealingOptions {
  db: Database;
  keys: KeyRing;
  rows: readonly SealedRows[];
  signal: AbortSignal;
  /** Called between two transactions, for tests that end the process there. */
  onStep: () => void;
}

/** What a pass over all sealed rows has done. */
export interface ResealingPass {
  resealed: number;
  unreadable: Unreadable[];
}

/**
 * Seals everything anew that another key has sealed, in small transactions: whoever reads or changes a row meanwhile waits
 * for a few of them at most. What was done stays, whenever it is broken off.
 */
export async function resealAll({
  db,
  keys,
  rows,
  signal,
  onStep,
}: ResealingOptions): Promise<ResealingPass> {
  const pass: ResealingPass = { resealed: 0, unreadable: [] };
  for (const kind of rows) {
    let after: string | undefined;
    for (;;) {
      if (signal.aborted) return pass;
      const from = after;
      const last = await db.transaction().execute((tx) => resealSome(tx, { kind, keys, after: from, pass }));
      if (last === undefined) break;
      after = last;
      onStep();
    }
  }
  return pass;
}

async function resealSome(
  tx: Tx,
  {
    kind,
    keys,
    after,
    pass,
  }: { kind: SealedRows; keys: KeyRing; after: string | undefined; pass: ResealingPass },
): Promise<string | undefined> {
  const rows = await kind.lockOthers(tx, keys.currentVersion, after);
  for (const row of rows) {
    const opened = tryOpen(keys, row);
    if (Buffer.isBuffer(opened)) {
      await kind.write(tx, row.key, keys.seal(opened, row.binding));
      pass.resealed += 1;
    } else if (pass.unreadable.length < UNREADABLE_MAX) {
      pass.unreadable.push({ what: kind.what, name: row.label, reason: opened });
    }
  }
  return rows.at(-1)?.key;
}

/** Opens the text of a row; says in words why it cannot. */
function tryOpen(keys: KeyRing, { body, keyVersion, binding }: SealedRow): Buffer | string {
  try {
    return keys.open(body, keyVersion, binding);
  } catch (error) {
    return keys.has(keyVersion)
      ? `key ${keyVersion} of this server is not the one that sealed it, or it was changed`
      : errorMessage(error);
  }
}

/** Counts what another key has sealed. */
export async function countOthers(
  db: Database,
  rows: readonly SealedRows[],
  version: number,
): Promise<number> {
  let count = 0;
  for (const kind of rows) count += await kind.countOthers(db, version);
  return count;
}
