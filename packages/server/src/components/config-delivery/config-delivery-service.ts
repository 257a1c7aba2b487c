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
import { type ConfigCipher, openText, packText, sealText } from '../config-history/index.ts';
import type { ConfigRenderer, Rendered } from '../config-render/index.ts';
import { findDesiredGeneration, findNewest, insertGeneration, lockComponent } from './config-queries.ts';

/** What it takes part in while a generation is written. */
export interface RenderedNotice {
  componentId: string;
  /** The newest generation of the component, which this rendering made or found to be the same. */
  generation: number;
  /** The rollout whose new templates stand in it. */
  rolloutId: string;
}

export interface ConfigDeliveryDependencies {
  db: Database;
  logger: Logger;
  cipher: ConfigCipher;
  renderer: ConfigRenderer;
  /** Called in the transaction, before it takes its last locks. */
  lockRollout?: (tx: Tx, componentId: string, rolloutId: string) => Promise<void>;
  onRendered?: (tx: Tx, notice: RenderedNotice) => Promise<void>;
  /** For the own metrics. */
  observe?: (outcome: 'new' | 'same' | 'failed', durationMs: number, leftOut: number) => void;
}

export interface DeliveredConfig {
  hash: string;
  /** The strong validator of its delivery: the hash in quotes (RFC 9110, section 8.8.3). */
  etag: string;
  text: Buffer;
}

const RENDER_EVERY_MS = 1000;
const CLAIMS_PER_ROUND = 20;

/** Renders what is marked dirty, keeps what each component should run at hand, and gives it out. */
export class ConfigDeliveryService {
  readonly #deps: ConfigDeliveryDependencies;
  readonly #cache = new Map<string, DeliveredConfig>();
  readonly #loading = new Map<string, Promise<DeliveredConfig | undefined>>();
  readonly #loop: Periodic;
  /** Grows with each notice, so that what was read before one is not kept after it. */
  #notices = 0;

  constructor(deps: ConfigDeliveryDependencies) {
    this.#deps = deps;
    this.#loop = periodic({
      name: 'config-render',
      intervalMs: RENDER_EVERY_MS,
      logger: deps.logger,
      run: () => this.renderDue(),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Another generation was published, or it is held at another one, here or elsewhere. */
  forget(componentId: string): void {
    this.#notices += 1;
    this.#cache.delete(componentId);
    this.#loading.delete(componentId);
  }

  forgetAll(): void {
    this.#notices += 1;
    this.#cache.clear();
    this.#loading.clear();
  }

  /** The config at hand, without waiting. */
  peek(componentId: string): DeliveredConfig | undefined {
    return this.#cache.get(componentId);
  }

  /** What the component should run; rendered now if it never was. Undefined for one that is not approved. */
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

  /** One round over the marks that are due. */
  async renderDue(): Promise<void> {
    for (;;) {
      const claims = await claimDue(this.#deps.db, CLAIMS_PER_ROUND);
      for (const claim of claims) await this.#renderClaim(claim);
      if (claims.length < CLAIMS_PER_ROUND) return;
    }
  }

  /** Whether the text would be another one without the rollout that holds the component back. */
  async wouldChange(componentId: string): Promise<boolean> {
    const { renderer } = this.#deps;
    const [held, released] = [
      await renderer.render(componentId),
      await renderer.render(componentId, { isReleased: true }),
    ];
    return held?.hash !== released?.hash;
  }

  async #renderClaim(claim: DirtyClaim): Promise<void> {
    const startedAt = performance.now();
    try {
      const rendered = await this.#deps.renderer.render(claim.componentId);
      const why = { cause: causeOf(claim), actor: claim.actor };
      const outcome = rendered
        ? await this.#publish(claim.componentId, rendered, { why, claim })
        : await this.#deps.db.transaction().execute((tx) => settleClaim(tx, claim));
      if (rendered && outcome)
        this.#deps.observe?.(outcome, performance.now() - startedAt, rendered.leftOut.length);
    } catch (error) {
      // The claim runs out by itself and is tried again; other components must not wait for this one.
      this.#deps.logger.error({ err: error, component_id: claim.componentId }, 'config not rendered');
      this.#deps.observe?.('failed', performance.now() - startedAt, 0);
    }
  }

  async #load(componentId: string): Promise<DeliveredConfig | undefined> {
    const config = await this.#read(componentId);
    if (config) return config;
    const rendered = await this.#deps.renderer.render(componentId);
    if (!rendered) return undefined;
    await this.#publish(componentId, rendered, { why: { cause: 'first config', actor: null } });
    return this.#read(componentId);
  }

  async #read(componentId: string): Promise<DeliveredConfig | undefined> {
    const noticesBefore = this.#notices;
    const desired = await findDesiredGeneration(this.#deps.db, componentId);
    if (!desired) return undefined;
    const { generation, hash } = desired;
    const text = await openText(this.#deps.cipher, desired, { componentId, generation });
    const config = { hash, etag: `"${hash}"`, text };
    // What was told while we read may be newer than what we read.
    if (this.#notices === noticesBefore) this.#cache.set(componentId, config);
    return config;
  }

  /** Writes the next generation, if it is another one than the last. */
  async #publish(
    componentId: string,
    rendered: Rendered,
    { why, claim }: { why: DirtyCause; claim?: DirtyClaim },
  ): Promise<'new' | 'same' | undefined> {
    const { db, cipher, lockRollout, onRendered } = this.#deps;
    const { text, hash, nodeCount, leftOut, releasedBy: rolloutId } = rendered;
    const packed = await packText(text);
    const outcome = await db.transaction().execute(async (tx) => {
      if (!(await lockComponent(tx, componentId))) return undefined;
      if (rolloutId !== undefined) await lockRollout?.(tx, componentId, rolloutId);
      // Another server took the mark up meanwhile, and has read newer rows than we have.
      if (claim && !(await holdsClaim(tx, claim))) return undefined;
      const newest = await findNewest(tx, componentId);
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
      if (rolloutId !== undefined) await onRendered?.(tx, { componentId, generation, rolloutId });
      if (claim) await settleClaim(tx, claim);
      return isNew ? 'new' : 'same';
    });
    if (outcome !== 'same') this.forget(componentId);
    return outcome;
  }
}
