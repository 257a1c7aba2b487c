import type { Database, Tx } from './db/index.ts';

/** A sealed text of a row. */
export interface SealedRow {
  /** Key of the row among those of its kind; they are looked at in its order. */
  readonly key: string;
  /** Name by which people know it. */
  readonly label: string;
  readonly body: Buffer;
  readonly keyVersion: number;
  /** What the text is bound to. */
  readonly binding: string;
}

/** Rows whose texts are sealed with a credential key, so that they can be sealed anew when the key changes. */
export interface SealedRows {
  /** What they are, in the plural. */
  readonly what: string;
  /** Rows that are sealed anew in one transaction. */
  readonly batch: number;
  /** Counts the rows that are sealed with another key than that of a version. */
  countOthers(db: Database, version: number): Promise<number>;
  /** Locks the next rows that are sealed with another key, in the order of their keys. */
  lockOthers(tx: Tx, version: number, after: string | undefined): Promise<SealedRow[]>;
  /** Writes the text of a locked row; nothing else of it changes. */
  write(tx: Tx, key: string, sealed: { body: Buffer; keyVersion: number }): Promise<void>;
}
