import type {
  IdentityCorrection,
  ListQuery,
  NodeCorrection,
  ReplaceNodeCorrection,
} from '@stratora/contract';
import { correctedIdentitySchema } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import {
  changedFields,
  fieldError,
  isEmpty,
  notFound,
  type Precondition,
} from '../../platform/http/index.ts';
import {
  deleteCorrection,
  deleteNodeCorrection,
  findCorrection,
  findNodeCorrection,
  findNodeName,
  holdNode,
  listCorrections,
  NO_CORRECTION,
  putCorrection,
} from './correction-queries.ts';

const IDENTITY_FIELDS = Object.keys(correctedIdentitySchema.shape) as (keyof NodeCorrection)[];

export interface CorrectionServiceOptions {
  readonly db: Database;
  /** Tells the model by the rules, from what a device says of itself. */
  readonly recogniseModel: (evidence: ReplaceNodeCorrection) => string | undefined;
}

/** The service of what people say that devices are. It wins over every rule, until they take it back. */
export class CorrectionService {
  readonly #options: CorrectionServiceOptions;

  constructor(options: CorrectionServiceOptions) {
    this.#options = options;
  }

  list(query: ListQuery) {
    return listCorrections(this.#options.db, query);
  }

  async get(id: string): Promise<IdentityCorrection> {
    return existing(await findCorrection(this.#options.db, id));
  }

  async getOfNode(nodeId: string): Promise<NodeCorrection> {
    const { db } = this.#options;
    if ((await findNodeName(db, nodeId)) === undefined) throw notFound('This node');
    return ofNode(await findNodeCorrection(db, nodeId));
  }

  /** Sets what a node is; an identity of nulls takes the correction back. */
  setOfNode(
    actor: Actor,
    nodeId: string,
    wanted: ReplaceNodeCorrection,
    match?: Precondition<NodeCorrection>,
  ): Promise<NodeCorrection> {
    const { db } = this.#options;
    const correction = {
      ...wanted,
      sys_object_id: wanted.sys_object_id?.replace(/^\./, '') ?? null,
    };
    return once(db, actor, async (tx) => {
      const name = await holdNode(tx, nodeId);
      if (name === undefined) throw notFound('This node');
      const before = ofNode(await findNodeCorrection(tx, nodeId));
      match?.(before);
      const isTakenBack = IDENTITY_FIELDS.every((field) => wanted[field as keyof typeof wanted] === null);
      const next = isTakenBack ? withoutAuthor(NO_CORRECTION) : correction;
      const change = changedFields(before, next);
      if (isEmpty(change)) return before;
      if (next.for_alike && next.sys_object_id === null) {
        throw fieldError('sys_object_id', 'is what devices are alike by: it is needed with for_alike');
      }
      if (isTakenBack) await deleteNodeCorrection(tx, nodeId);
      else {
        const model = correction.for_alike ? this.#options.recogniseModel(correction) : undefined;
        await putCorrection(tx, nodeId, {
          ...correction,
          recognised_model: model ?? null,
          corrected_by: actor.name,
        });
      }
      await appendAudit(tx, actor, {
        action: isTakenBack ? 'node.uncorrect_identity' : 'node.correct_identity',
        objectType: 'node',
        objectId: nodeId,
        nodeId,
        detail: { name, changed: change },
      });
      return ofNode(await findNodeCorrection(tx, nodeId));
    });
  }

  /** Takes a correction back, also one whose node is gone. */
  delete(actor: Actor, id: string, match?: Precondition<IdentityCorrection>): Promise<void> {
    return once(this.#options.db, actor, async (tx: Tx) => {
      const correction = existing(await findCorrection(tx, id));
      match?.(correction);
      await deleteCorrection(tx, id);
      const { node_id: nodeId, vendor, family, device_type, sys_object_id } = correction;
      await appendAudit(tx, actor, {
        action: 'identity_correction.delete',
        objectType: 'identity_correction',
        objectId: id,
        ...(nodeId === null ? {} : { nodeId }),
        detail: { vendor, family, device_type, sys_object_id },
      });
    });
  }
}

function existing(correction: IdentityCorrection | undefined): IdentityCorrection {
  if (correction === undefined) throw notFound('This correction');
  return correction;
}

function ofNode(correction: IdentityCorrection | undefined): NodeCorrection {
  if (correction === undefined) return NO_CORRECTION;
  const { id: _, node_id: __, ...shown } = correction;
  return shown;
}

function withoutAuthor({ corrected_by: _, corrected_at: __, ...written }: NodeCorrection) {
  return written;
}
