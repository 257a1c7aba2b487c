import type { Database, Tx } from '../db/index.ts';
import type { SealedRow, SealedRows } from '../sealed-rows.ts';
import { findSetting, keepSetting, lockSetting, MAIL_SERVER_BINDING } from '../settings/index.ts';
import { SEALED_SETTINGS, settingBinding } from './server-secrets.ts';

interface StoredText {
  body: string;
  key_version: number;
}

/** Key of the settings of the product, and of the one row that holds the password of the mail server. */
const PRODUCT = 'product';
const NAMES: readonly string[] = [...SEALED_SETTINGS, PRODUCT].toSorted();

/** Returns the sealed texts among the settings. */
export function sealedSettings(): SealedRows {
  return {
    what: 'settings',
    batch: NAMES.length,
    async countOthers(db, version) {
      const found = await Promise.all(NAMES.map((name) => findText(db, name)));
      return found.filter((text) => text !== undefined && text.key_version !== version).length;
    },
    async lockOthers(tx, version, after) {
      const rows: SealedRow[] = [];
      for (const name of NAMES) {
        if (after !== undefined && name <= after) continue;
        await lockSetting(tx, name);
        const text = await findText(tx, name);
        if (text && text.key_version !== version) rows.push(rowOf(name, text));
      }
      return rows;
    },
    async write(tx, name, { body, keyVersion }) {
      const text: StoredText = { body: body.toString('base64'), key_version: keyVersion };
      if (name !== PRODUCT) return keepSetting(tx, name, text);
      const product = (await findSetting(tx, name)) as { smtp: object };
      await keepSetting(tx, name, { ...product, smtp: { ...product.smtp, password: text } });
    },
  };
}

async function findText(db: Database | Tx, name: string): Promise<StoredText | undefined> {
  const value = await findSetting(db, name);
  if (name !== PRODUCT) return value as StoredText | undefined;
  return (
    (value as { smtp?: { password?: StoredText | null } | null } | undefined)?.smtp?.password ?? undefined
  );
}

function rowOf(name: string, { body, key_version: keyVersion }: StoredText): SealedRow {
  const isMail = name === PRODUCT;
  return {
    key: name,
    label: isMail ? 'password of the mail server' : name,
    body: Buffer.from(body, 'base64'),
    keyVersion,
    binding: isMail ? MAIL_SERVER_BINDING : settingBinding(name),
  };
}
