import type { KeyRing, Sealed } from './key-ring.ts';

/** A sealed value, with what it is bound to. */
export interface SealedRecord {
  id: string;
  type: string;
  body: Buffer;
  keyVersion: number;
}

/** Returns what the sealed value of a row is bound to. */
export function recordBinding(kind: string, id: string, type: string): string {
  return `${kind}|${id}|${type}`;
}

/** The sealer of what rows keep secret: each value is bound to the kind, id and type of its row. */
export class RecordSealer {
  readonly #keys: KeyRing;
  readonly #kind: string;

  /** @param kind noun of the rows, never changed: what is sealed under one opens under no other */
  constructor(keys: KeyRing, kind: string) {
    this.#keys = keys;
    this.#kind = kind;
  }

  seal(id: string, type: string, value: object): Sealed {
    return this.#keys.seal(JSON.stringify(value), this.#binding(id, type));
  }

  /** Opens a sealed value. @throws when it was changed, belongs to another row, or its key is not here */
  open({ id, type, body, keyVersion }: SealedRecord): Record<string, unknown> {
    const text = this.#keys.open(body, keyVersion, this.#binding(id, type)).toString('utf8');
    return JSON.parse(text) as Record<string, unknown>;
  }

  #binding(id: string, type: string): string {
    return recordBinding(this.#kind, id, type);
  }
}
