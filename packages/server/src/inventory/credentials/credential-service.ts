import {
  CREDENTIAL_SECRETS,
  type CreateCredential,
  type Credential,
  type CredentialType,
  type UpdateCredential,
} from '@stratora/contract';
import { AppError } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database } from '../../platform/db/index.ts';
import { markDirtyByCredential } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import {
  appError,
  changedFields,
  fieldError,
  fieldFaults,
  isEmpty,
  notFound,
  type Precondition,
  plainWords,
} from '../../platform/http/index.ts';
import { type KeyRing, RecordSealer } from '../../platform/secrets/index.ts';
import { forgetTargetsOf } from '../node-states/index.ts';
import {
  deleteCredential,
  findCredential,
  insertCredential,
  lockSecret,
  nextId,
  updateCredential,
} from './credential-queries.ts';
import { CREDENTIAL_KIND } from './sealed-credential-queries.ts';

/** A change of a credential; the type of one is only ever said again. */
type CredentialChange = UpdateCredential & { type?: CredentialType | undefined };

/** The service of credentials: they are stored sealed, and given back by a reveal with a reason alone. */
export class CredentialService {
  readonly #db: Database;
  readonly #sealer: RecordSealer;

  constructor(db: Database, keys: KeyRing) {
    this.#db = db;
    this.#sealer = new RecordSealer(keys, CREDENTIAL_KIND);
  }

  async create(actor: Actor, input: CreateCredential): Promise<Credential> {
    return this.#named(() =>
      once(this.#db, actor, async (tx) => {
        const id = await nextId(tx);
        const sealed = this.#sealer.seal(id, input.type, input.secret);
        await insertCredential(tx, { ...input, id, secret: { sealed, fields: fieldsOf(input.secret) } });
        await appendAudit(tx, actor, {
          action: 'credential.create',
          objectType: 'credential',
          objectId: id,
          detail: { name: input.name, type: input.type },
        });
        return getCredential(await findCredential(tx, id));
      }),
    );
  }

  async update(
    actor: Actor,
    id: string,
    input: CredentialChange,
    match?: Precondition<Credential>,
  ): Promise<Credential> {
    return this.#named(() =>
      this.#db.transaction().execute(async (tx) => {
        const stored = await lockSecret(tx, id);
        if (!stored) throw notFound('This credential');
        const before = getCredential(await findCredential(tx, id));
        match?.(before);
        const { secret: given, ...rest } = input;
        const change = changedFields(before, rest);
        if (change.type !== undefined) throw fieldError('type', 'cannot be changed');
        if (given === undefined && isEmpty(change)) return before;
        const secret = given === undefined ? undefined : checkSecret(stored.type, given);
        await updateCredential(tx, id, {
          ...change,
          secret: secret && { sealed: this.#sealer.seal(id, stored.type, secret), fields: fieldsOf(secret) },
        });
        const credential = getCredential(await findCredential(tx, id));
        // Name and description stand in no config.
        if (secret !== undefined || credential.enabled !== stored.enabled) {
          const cause = `credential ${credential.name} ${credential.enabled ? 'changed' : 'disabled'}`;
          const nodeIds = await forgetTargetsOf(tx, id);
          await publishEvents(
            tx,
            nodeIds.map((nodeId) => ({
              name: 'node_changed' as const,
              data: { id: nodeId, change: 'updated' },
            })),
          );
          await markDirtyByCredential(tx, id, { cause, actor: actor.name });
        }
        await appendAudit(tx, actor, {
          action: 'credential.update',
          objectType: 'credential',
          objectId: id,
          detail: { name: credential.name, fields: Object.keys({ ...change, ...(secret && { secret }) }) },
        });
        return credential;
      }),
    );
  }

  async delete(actor: Actor, id: string, match?: Precondition<Credential>): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await lockSecret(tx, id);
      const credential = await findCredential(tx, id);
      if (!credential) throw notFound('This credential');
      match?.(credential);
      if (credential.node_count > 0) {
        throw appError(
          'in_use',
          `The credential is attached to ${credential.node_count} nodes; detach it first.`,
        );
      }
      await deleteCredential(tx, id);
      await appendAudit(tx, actor, {
        action: 'credential.delete',
        objectType: 'credential',
        objectId: id,
        detail: { name: credential.name },
      });
    });
  }

  /** Returns the secret in the clear, with an entry in the audit log that names the caller and the reason. */
  async reveal(actor: Actor, id: string, reason: string): Promise<Record<string, unknown>> {
    return this.#db.transaction().execute(async (tx) => {
      const stored = await lockSecret(tx, id);
      const credential = await findCredential(tx, id);
      if (!stored || !credential) throw notFound('This credential');
      const secret = this.open({ ...stored, keyVersion: stored.key_version });
      await appendAudit(tx, actor, {
        action: 'credential.reveal',
        objectType: 'credential',
        objectId: id,
        detail: { name: credential.name, reason },
      });
      return secret;
    });
  }

  /**
   * Opens the secret of a row.
   * @throws when the row was changed by other hands, or its key is not here
   */
  open(row: { id: string; type: string; secret: Buffer; keyVersion: number }): Record<string, unknown> {
    const { id, type, secret, keyVersion } = row;
    return this.#sealer.open({ id, type, body: secret, keyVersion });
  }

  async #named<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (brokenConstraint(error) !== 'credentials_name_key') throw error;
      throw new AppError('name_taken', {
        status: 409,
        message: 'Another credential has this name.',
        details: { errors: [{ path: 'name', message: 'is taken' }] },
      });
    }
  }
}

function fieldsOf(secret: object): string[] {
  return Object.entries(secret)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
}

function checkSecret(type: CredentialType, secret: Record<string, unknown>): object {
  const parsed = CREDENTIAL_SECRETS[type].safeParse(secret, { error: plainWords });
  if (parsed.success) return parsed.data;
  const errors = fieldFaults(parsed.error, ['secret']);
  throw appError('validation_failed', 'The secret does not fit the type of the credential.', {
    details: { errors },
  });
}

function getCredential(credential: Credential | undefined): Credential {
  if (!credential) throw new Error('the credential is gone within its own transaction');
  return credential;
}
