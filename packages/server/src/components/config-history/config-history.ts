import type { ConfigDiff, ConfigGeneration, ConfigText, ListQuery } from '@stratora/contract';
import type { Database } from '../../platform/db/index.ts';
import { notFound } from '../../platform/http/index.ts';
import { componentExists } from '../component-registry/index.ts';
import { type ConfigCipher, openText } from './config-body.ts';
import {
  findGeneration,
  findGenerationBefore,
  type GenerationWithText,
  type ListedGeneration,
  listGenerations,
} from './history-queries.ts';
import { diffLines } from './line-diff.ts';
import { type Fingerprint, fingerprintOf, maskLargeText } from './secret-mask.ts';

export interface ConfigHistoryOptions {
  db: Database;
  cipher: ConfigCipher;
  /** Key of the fingerprints that stand for secrets. */
  maskKey: () => Buffer;
  /** Finds the rollout that keeps newer device templates from a component. */
  findHoldingRollout: (db: Database, componentId: string) => Promise<string | undefined>;
}

/** Characters of a config that one answer shows. */
const SHOWN_MAX = 4 * 1024 * 1024;

/** The configs of a component over time, as people see them: without a secret. */
export class ConfigHistory {
  readonly #options: ConfigHistoryOptions;

  constructor(options: ConfigHistoryOptions) {
    this.#options = options;
  }

  async list(componentId: string, query: ListQuery) {
    const { db, findHoldingRollout } = this.#options;
    if (!(await componentExists(db, componentId))) throw notFound('This component');
    const page = await listGenerations(db, componentId, query);
    const rolloutId = await findHoldingRollout(db, componentId);
    return { ...page, items: page.items.map((item) => heldBy(rolloutId, item)) };
  }

  async text(componentId: string, generation: number): Promise<ConfigText> {
    const found = await this.#get(componentId, generation);
    const text = (await this.#open(componentId, found)).toString('utf8');
    const end = text.length > SHOWN_MAX ? text.lastIndexOf('\n', SHOWN_MAX) + 1 : text.length;
    return {
      ...heldBy(await this.#options.findHoldingRollout(this.#options.db, componentId), found.generation),
      text: await maskLargeText(text.slice(0, end), this.#fingerprint(componentId)),
      truncated: end < text.length,
    };
  }

  /** @param against the generation to compare with; the one before it if undefined */
  async diff(componentId: string, generation: number, against?: number): Promise<ConfigDiff> {
    const { db } = this.#options;
    const to = await this.#get(componentId, generation);
    const from = against ?? (await findGenerationBefore(db, componentId, generation));
    const before = from === undefined ? undefined : await this.#get(componentId, from);
    const fingerprint = this.#fingerprint(componentId);
    const masked = async (found: GenerationWithText) =>
      maskLargeText((await this.#open(componentId, found)).toString('utf8'), fingerprint);
    const diff = await diffLines(before ? await masked(before) : '', await masked(to));
    return { from_generation: from ?? null, to_generation: generation, ...diff };
  }

  #fingerprint(componentId: string): Fingerprint {
    return fingerprintOf(this.#options.maskKey(), componentId);
  }

  async #get(componentId: string, generation: number): Promise<GenerationWithText> {
    const found = await findGeneration(this.#options.db, componentId, generation);
    if (!found) throw notFound(`Generation ${generation} of this component`);
    return found;
  }

  #open(componentId: string, { generation: { generation }, stored }: GenerationWithText): Promise<Buffer> {
    return openText(this.#options.cipher, stored, { componentId, generation });
  }
}

/** A rollout holds a component at its newest generation. */
function heldBy(
  rolloutId: string | undefined,
  { is_newest: isNewest, ...generation }: ListedGeneration,
): ConfigGeneration {
  return { ...generation, held_by_rollout_id: (isNewest ? rolloutId : undefined) ?? null };
}
