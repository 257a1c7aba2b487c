import type { ConfigDiff, ConfigText, ListQuery } from '@stratora/contract';
import type { Database } from '../../platform/db/index.ts';
import { notFound } from '../../platform/http/index.ts';
import { type ConfigCipher, openText } from './config-body.ts';
import {
  findGeneration,
  findGenerationBefore,
  listGaps,
  listGenerations,
  listReports,
  type StoredGeneration,
} from './history-queries.ts';
import { diffLines } from './line-diff.ts';
import { type Fingerprint, fingerprintOf, maskLargeText } from './secret-mask.ts';

export interface ConfigHistoryDependencies {
  db: Database;
  cipher: ConfigCipher;
  /** Key of the fingerprints that stand for secrets. */
  maskKey: () => Buffer;
}

/** Characters of a config that one answer shows. */
const SHOWN_MAX = 4 * 1024 * 1024;

/** What a component was given over time, and what it told; without a secret. */
export class ConfigHistory {
  readonly #deps: ConfigHistoryDependencies;

  constructor(deps: ConfigHistoryDependencies) {
    this.#deps = deps;
  }

  async list(componentId: string, query: ListQuery) {
    await this.#requireComponent(componentId);
    return listGenerations(this.#deps.db, componentId, query);
  }

  async reports(componentId: string, query: ListQuery) {
    await this.#requireComponent(componentId);
    return listReports(this.#deps.db, componentId, query);
  }

  async gaps(componentId: string, query: ListQuery) {
    await this.#requireComponent(componentId);
    return listGaps(this.#deps.db, componentId, query);
  }

  async text(componentId: string, generation: number): Promise<ConfigText> {
    const found = await this.#get(componentId, generation);
    const text = (await this.#open(componentId, found)).toString('utf8');
    const end = text.length > SHOWN_MAX ? text.lastIndexOf('\n', SHOWN_MAX) + 1 : text.length;
    return {
      ...found.generation,
      text: await maskLargeText(text.slice(0, end), this.#fingerprint(componentId)),
      truncated: end < text.length,
    };
  }

  /** @param against the one before it unless told */
  async diff(componentId: string, generation: number, against?: number): Promise<ConfigDiff> {
    const { db } = this.#deps;
    const to = await this.#get(componentId, generation);
    const from = against ?? (await findGenerationBefore(db, componentId, generation));
    const before = from === undefined ? undefined : await this.#get(componentId, from);
    const fingerprint = this.#fingerprint(componentId);
    const masked = async (found: StoredGeneration) =>
      maskLargeText((await this.#open(componentId, found)).toString('utf8'), fingerprint);
    const diff = await diffLines(before ? await masked(before) : '', await masked(to));
    return { from_generation: from ?? null, to_generation: generation, ...diff };
  }

  #fingerprint(componentId: string): Fingerprint {
    return fingerprintOf(this.#deps.maskKey(), componentId);
  }

  async #get(componentId: string, generation: number): Promise<StoredGeneration> {
    const found = await findGeneration(this.#deps.db, componentId, generation);
    if (!found) throw notFound(`Generation ${generation} of this component`);
    return found;
  }

  #open(componentId: string, { generation: { generation }, stored }: StoredGeneration): Promise<Buffer> {
    return openText(this.#deps.cipher, stored, { componentId, generation });
  }

  async #requireComponent(id: string): Promise<void> {
    const row = await this.#deps.db
      .selectFrom('remote_components')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw notFound('This component');
  }
}
