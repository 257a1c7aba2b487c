import type { Database, Tx } from '../db/index.ts';
import { ensureSetting, findSetting } from '../settings/index.ts';

/** Name of the setting that says which credential key seals. */
export const CREDENTIAL_KEY_SETTING = 'credential_key';

/** Which credential key seals, on all servers. */
export interface KeyStanding {
  sealing_version: number;
  /** Since when; null where it never was another one. */
  since: string | null;
  /** When every secret was sealed with it; null while some are not. */
  settled_at: string | null;
}

/** Writes which key seals, where that is not said yet: the one that the database was made with. */
export async function ensureStanding(db: Database, version: number): Promise<void> {
  const standing: KeyStanding = {
    sealing_version: version,
    since: null,
    settled_at: new Date(0).toISOString(),
  };
  await ensureSetting(db, CREDENTIAL_KEY_SETTING, standing);
}

export async function readStanding(db: Database | Tx): Promise<KeyStanding | undefined> {
  return (await findSetting(db, CREDENTIAL_KEY_SETTING)) as KeyStanding | undefined;
}
