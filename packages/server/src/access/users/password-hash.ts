import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/bcrypt';
import { WorkQueue } from '../../platform/secrets/index.ts';

/**
 * Shortens a password for bcrypt, which reads 72 bytes: base64 of a SHA-384 is 64, so no password is ever truncated.
 */
function digest(password: string): string {
  return createHash('sha384').update(password, 'utf8').digest('base64');
}

/** Bounds of hashing at one time; each takes a quarter of a second of a core. */
const queue = { width: 2, length: 40 };

export class PasswordHasher {
  readonly #queue = new WorkQueue(queue.width, queue.length);
  readonly #cost: number;
  /** Hash of a password that nobody has, for users that there are not. */
  #decoy: Promise<string> | undefined;

  /** @param cost of bcrypt */
  constructor(cost: number) {
    this.#cost = cost;
  }

  hash(password: string): Promise<string> {
    return this.#queue.run(() => hash(digest(password), { cost: this.#cost }));
  }

  /** Checks a password; takes as long without a stored hash (an unknown user) as with one. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    this.#decoy ??= this.hash(randomBytes(24).toString('base64'));
    const against = stored ?? (await this.#decoy);
    const isEqual = await this.#queue.run(() => verify(digest(password), against));
    return stored !== undefined && isEqual;
  }
}
