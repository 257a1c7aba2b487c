import type { DeviceTemplate } from '@stratora/contract';
import { errorMessage, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { Database, LeftOutNode } from '../db/index.ts';
import { type ConfigCipher, openText, packText, sealText } from './config-body.ts';
import {
  type ComponentRow,
  findApprovedComponent,
  findDesiredGeneration,
  findNewest,
  insertGeneration,
  listTargets,
  lockComponent,
  type TargetRow,
} from './config-queries.ts';
import { type RenderedConfig, renderConfig } from './config-render.ts';
import {
  causeOf,
  claimDue,
  type DirtyCause,
  type DirtyClaim,
  holdsClaim,
  settleClaim,
} from './dirty-marks.ts';
import type { RenderCredential, RenderTarget } from './target-inputs.ts';

export interface EncryptedCredential {
  id: string;
  type: string;
  secret: Buffer;
  keyVersion: number;
}

export interface ConfigDeliveryDependencies {
  db: Database;
  logger: Logger;
  cipher: ConfigCipher;
  /** The secret of a credential in the clear, in the shape of its type. */
  openCredential(credential: EncryptedCredential): Record<string, unknown>;
  /** A template with everything it inherits. */
  findTemplate(slug: string): DeviceTemplate | undefined;
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

  async #renderClaim(claim: DirtyClaim): Promise<void> {
    try {
      const component = await findApprovedComponent(this.#deps.db, claim.componentId);
      if (component) await this.#publish(component, { cause: causeOf(claim), actor: claim.actor }, claim);
      else await this.#deps.db.transaction().execute((tx) => settleClaim(tx, claim));
    } catch (error) {
      // The claim runs out by itself and is tried again; other components must not wait for this one.
      this.#deps.logger.error({ err: error, component_id: claim.componentId }, 'config not rendered');
    }
  }

  async #load(componentId: string): Promise<DeliveredConfig | undefined> {
    const config = await this.#read(componentId);
    if (config) return config;
    const component = await findApprovedComponent(this.#deps.db, componentId);
    if (!component) return undefined;
    await this.#publish(component, { cause: 'first config', actor: null });
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

  /** Renders and writes the next generation, if it is another one than the last. */
  async #publish(component: ComponentRow, why: DirtyCause, claim?: DirtyClaim): Promise<void> {
    const { rendered, leftOut } = await this.#render(component);
    const text = Buffer.from(rendered.text);
    const packed = await packText(text);
    await this.#deps.db.transaction().execute(async (tx) => {
      if (!(await lockComponent(tx, component.id))) return;
      // Another server took the mark up meanwhile, and has read newer rows than we have.
      if (claim && !(await holdsClaim(tx, claim))) return;
      const newest = await findNewest(tx, component.id);
      // Without a mark there is only a first one to be made; somebody else may have made it.
      if (!claim && newest) return;
      if (newest?.hash !== rendered.hash) {
        const generation = (newest?.generation ?? 0) + 1;
        const sealed = sealText(this.#deps.cipher, packed, { componentId: component.id, generation });
        await insertGeneration(tx, {
          ...sealed,
          componentId: component.id,
          generation,
          hash: rendered.hash,
          bytes: text.length,
          nodeCount: rendered.nodeCount,
          leftOut,
          cause: why.cause,
          actor: why.actor,
        });
      }
      if (claim) await settleClaim(tx, claim);
    });
    this.forget(component.id);
  }

  async #render(component: ComponentRow): Promise<{ rendered: RenderedConfig; leftOut: LeftOutNode[] }> {
    const rows = await listTargets(this.#deps.db, component);
    const names = new Map(rows.map((row) => [row.id, row.name]));
    const targets: RenderTarget[] = [];
    const leftOut: LeftOutNode[] = [];
    for (const row of rows) {
      const target = this.#target(row, component);
      if (typeof target === 'string') leftOut.push({ node_id: row.id, name: row.name, reason: target });
      else targets.push(target);
    }
    const rendered = renderConfig(component, targets);
    for (const { nodeId, reason } of rendered.leftOut) {
      leftOut.push({ node_id: nodeId, name: names.get(nodeId) ?? '', reason });
    }
    if (leftOut.length > 0) {
      this.#deps.logger.warn({ component_id: component.id, leftOut }, 'config rendered without some nodes');
    }
    return { rendered, leftOut };
  }

  /** What rendering needs to know of a node, or why it must do without it. */
  #target(row: TargetRow, component: ComponentRow): RenderTarget | string {
    const template = this.#deps.findTemplate(row.template);
    if (!template) return `its template "${row.template}" does not exist`;
    if (template.gathered_by !== component.type) {
      return `its template "${row.template}" is gathered by ${template.gathered_by}s`;
    }
    const node = {
      id: row.id,
      name: row.name,
      ipAddress: row.ip_address,
      snmpPort: row.snmp_port,
      url: row.url,
    };
    try {
      return { node, template, credentials: this.#credentials(row) };
    } catch (error) {
      return `its credential cannot be used: ${errorMessage(error)}`;
    }
  }

  #credentials(row: TargetRow): RenderTarget['credentials'] {
    const { credential_id: id, credential_type: type, credential_secret: secret } = row;
    if (id === null || type === null || secret === null) return {};
    const opened = this.#deps.openCredential({
      id,
      type,
      secret,
      keyVersion: row.credential_key_version ?? 0,
    });
    return { snmp: { type, secret: opened } as unknown as RenderCredential };
  }
}
