import { type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { Database, Tx } from '../../platform/db/index.ts';
import {
  causeOf,
  claimDue,
  type DirtyCause,
  type DirtyClaim,
  holdsClaim,
  settleClaim,
} from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import {
  type ConfigCipher,
  findDesiredGeneration,
  findNewestGeneration,
  insertGeneration,
  lockGenerations,
  openText,
  packText,
  sealText,
} from '../config-history/index.ts';
import type { ConfigRenderer, RenderedConfig } from '../config-render/index.ts';

/** A config that was rendered with the new template versions of a rollout. */
export interface ReleasedConfig {
  componentId: string;
  rolloutId: string;
}

/** The part that a rollout takes in the transaction that publishes one of its configs. */
export interface PublishingRollout {
  /** Called before the transaction takes its last locks. */
  lock(tx: Tx, released: ReleasedConfig): Promise<void>;
  /** Called with the newest generation of the component, which this rendering made or found to be the same. */
  record(tx: Tx, released: ReleasedConfig & { generation: number }): Promise<void>;
}

export type RenderOutcome = 'new' | 'same' | 'failed';

export interface ConfigDeliveryServiceOptions {
  db: Database;
  logger: Logger;
  cipher: ConfigCipher;
  renderer: ConfigRenderer;
  rollout: PublishingRollout;
  /** Counts for the own metrics. */
  observe: (outcome: RenderOutcome, durationMs: number, leftOut: number) => void;
}

export interface DeliveredConfig {
  hash: string;
  /** The strong validator: the hash in quotes (RFC 9110, section 8.8.3). */
  etag: string;
  text: Buffer;
}

const RENDER_EVERY_MS = 1000;
const CLAIMS_PER_ROUND = 20;

/** Renders the configs of components that are marked dirty, and delivers to each the one that it should run. */
export class ConfigDeliveryService {
  readonly #options: ConfigDeliveryServiceOptions;
  readonly #cache = new Map<string, DeliveredConfig>();
  readonly #loading = new Map<string, Promise<DeliveredConfig | undefined>>();
  readonly #loop: Periodic;
  /** Calls of `forget` so far, so that a config that was read before one is not kept after it. */
  #forgotten = 0;

  constructor(options: ConfigDeliveryServiceOptions) {
    this.#options = options;
    this.#loop = periodic({
      name: 'config-render',
      intervalMs: RENDER_EVERY_MS,
      logger: options.logger,
      run: () => this.renderDue(),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  /** Drops a component's config from memory: another generation was published or pinned, here or elsewhere. */
  forget(componentId: string): void {
    this.#forgotten += 1;
    this.#cache.delete(componentId);
    this.#loading.delete(componentId);
  }

  forgetAll(): void {
    this.#forgotten += 1;
    this.#cache.clear();
    this.#loading.clear();
  }

  /** Returns the config that is in memory, without waiting. */
  peek(componentId: string): DeliveredConfig | undefined {
    return this.#cache.get(componentId);
  }

  /**
   * Finds the config that the component should run, and renders it now if it never was.
   *
   * @returns undefined for a component that is not approved
   */
  async find(componentId: string): Promise<DeliveredConfig | undefined> {
    const known = this.#cache.get(componentId);
    if (known) return known;
    const begun = this.#loading.get(componentId);
    if (begun) return begun;
    const loading = this.#load(componentId).finally(() => {
      if (this.#loading.get(componentId) === loading) this.#loading.delete(componentId);
    });
    this.#loading.set(componentId, loading);
    return loading;
  }

  /** Renders the components whose marks are due. */
  async renderDue(): Promise<void> {
    for (;;) {
      const claims = await claimDue(this.#options.db, CLAIMS_PER_ROUND);
      for (const claim of claims) await this.#renderClaim(claim);
      if (claims.length < CLAIMS_PER_ROUND) return;
    }
  }

  async #renderClaim(claim: DirtyClaim): Promise<void> {
    const startedAt = performance.now();
    try {
      const rendered = await this.#options.renderer.render(claim.componentId);
      const why = { cause: causeOf(claim), actor: claim.actor };
      const outcome = rendered
        ? await this.#publish(claim.componentId, rendered, { why, claim })
        : await this.#options.db.transaction().execute((tx) => settleClaim(tx, claim));
      if (rendered && outcome)
        this.#options.observe(outcome, performance.now() - startedAt, rendered.leftOut.length);
    } catch (error) {
      // The claim runs out by itself and is tried again; other components must not wait for this one.
      this.#options.logger.error({ err: error, component_id: claim.componentId }, 'config not rendered');
      this.#options.observe('failed', performance.now() - startedAt, 0);
    }
  }

  async #load(componentId: string): Promise<DeliveredConfig | undefined> {
    const config = await this.#read(componentId);
    if (config) return config;
    const rendered = await this.#options.renderer.render(componentId);
    if (!rendered) return undefined;
    await this.#publish(componentId, rendered, { why: { cause: 'first config', actor: null } });
    return this.#read(componentId);
  }

  async #read(componentId: string): Promise<DeliveredConfig | undefined> {
    const forgottenBefore = this.#forgotten;
    const desired = await findDesiredGeneration(this.#options.db, componentId);
    if (!desired) return undefined;
    const { generation, hash } = desired;
    const text = await openText(this.#options.cipher, desired, { componentId, generation });
    const config = { hash, etag: `"${hash}"`, text };
    // A generation that was published while we read may be newer than the one that we read.
    if (this.#forgotten === forgottenBefore) this.#cache.set(componentId, config);
    return config;
  }

  /** Writes the next generation, if its text is another one than that of the last. */
  async #publish(
    componentId: string,
    rendered: RenderedConfig,
    { why, claim }: { why: DirtyCause; claim?: DirtyClaim },
  ): Promise<'new' | 'same' | undefined> {
    const { db, cipher, rollout } = this.#options;
    const { text, hash, nodeCount, leftOut, releasedBy } = rendered;
    const released = releasedBy === undefined ? undefined : { componentId, rolloutId: releasedBy };
    const packed = await packText(text);
    const outcome = await db.transaction().execute(async (tx) => {
      if (!(await lockGenerations(tx, componentId))) return undefined;
      if (released) await rollout.lock(tx, released);
      // Another server has claimed the mark meanwhile, and has read newer rows than we have.
      if (claim && !(await holdsClaim(tx, claim))) return undefined;
      const newest = await findNewestGeneration(tx, componentId);
      // Without a mark there is only a first one to be made; somebody else may have made it.
      if (!claim && newest) return undefined;
      const isNew = newest?.hash !== hash;
      const generation = (newest?.generation ?? 0) + (isNew ? 1 : 0);
      if (isNew) {
        const sealed = sealText(cipher, packed, { componentId, generation });
        const facts = { componentId, generation, hash, bytes: text.length, nodeCount, leftOut };
        await insertGeneration(tx, { ...sealed, ...facts, cause: why.cause, actor: why.actor });
        await publishEvents(tx, [
          { name: 'component_changed', data: { id: componentId, change: 'updated' } },
        ]);
      }
      if (released) await rollout.record(tx, { ...released, generation });
      if (claim) await settleClaim(tx, claim);
      return isNew ? 'new' : 'same';
    });
    if (outcome !== 'same') this.forget(componentId);
    return outcome;
  }
}
