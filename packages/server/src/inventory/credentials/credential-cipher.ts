import type { KeyRing, Sealed } from '../../platform/secrets/index.ts';

/** The cipher of credentials: seals a secret, bound to the id and type of its credential. */
export class CredentialCipher {
  readonly #keys: KeyRing;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  seal(id: string, type: string, secret: Record<string, unknown>): Sealed {
    return this.#keys.seal(JSON.stringify(secret), `credential|${id}|${type}`);
  }

  /** Opens a sealed secret. @throws when it was changed, belongs to another credential, or its key is not here */
  open(credential: {
    id: string;
    type: string;
    secret: Buffer;
    keyVersion: number;
  }): Record<string, unknown> {
    const { id, type, secret, keyVersion } = credential;
    const text = this.#keys.open(secret, keyVersion, `credential|${id}|${type}`).toString('utf8');
    return JSON.parse(text) as Record<string, unknown>;
  }
}
