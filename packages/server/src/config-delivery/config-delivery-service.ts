import type { DeviceTemplate } from '@stratora/contract';
import { errorMessage, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { Database, LeftOutNode } from '../db/index.ts';
import {
  type ComponentRow,
  findApprovedComponent,
  findLatestGeneration,
  insertGeneration,
  listTargets,
  lockComponent,
  type TargetRow,
} from './config-queries.ts';
import { type RenderedConfig, renderConfig } from './config-render.ts';
import { claimDue, type DirtyCause, type DirtyClaim, settleClaim } from './dirty-marks.ts';
import type { RenderCredential, RenderTarget } from './target-inputs.ts';

/** What is encrypted is bound to where it belongs, so that it cannot be put elsewhere. */
export interface ConfigCipher {
  seal(text: string, binding: string): { body: Buffer; keyVersion: number };
  /** @throws when it was changed, or was bound to something else */
  open(body: Buffer, keyVersion: number, binding: string): string;
}

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

/** Renders what is marked dirty, keeps the newest generation of each component at hand, and gives it out. */
export class ConfigDeliveryService {
  readonly #deps: ConfigDeliveryDependencies;
  readonly #cache = new Map<string, DeliveredConfig>();
  readonly #loading = new Map<string, Promise<DeliveredConfig | undefined>>();
  readonly #loop: Periodic;

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

  /** Another generation was published, here or elsewhere. */
  forget(componentId: string): void {
    this.#cache.delete(componentId);
  }

  forgetAll(): void {
    this.#cache.clear();
  }

  /** The config at hand, without waiting. */
  peek(componentId: string): DeliveredConfig | undefined {
    return this.#cache.get(componentId);
  }

  /** What the component should run; rendered now if it never was. Undefined for one that is not approved. */
  async find(componentId: string): Promise<DeliveredConfig | undefined> {
    const known = this.#cache.get(componentId);
    if (known) return known;
    let loading = this.#loading.get(componentId);
    if (!loading) {
      loading = this.#load(componentId).finally(() => this.#loading.delete(componentId));
      this.#loading.set(componentId, loading);
    }
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
      if (component) await this.#publish(component, claim, claim);
      else await this.#deps.db.transaction().execute((tx) => settleClaim(tx, claim));
    } catch (error) {
      // The claim runs out by itself and is tried again; other components must not wait for this one.
      this.#deps.logger.error({ err: error, component_id: claim.componentId }, 'config not rendered');
    }
  }

  async #load(componentId: string): Promise<DeliveredConfig | undefined> {
    const latest = await findLatestGeneration(this.#deps.db, componentId);
    if (latest) {
      const text = this.#deps.cipher.open(
        latest.body,
        latest.keyVersion,
        binding(componentId, latest.generation),
      );
      return this.#keep(componentId, latest.hash, text);
    }
    const component = await findApprovedComponent(this.#deps.db, componentId);
    if (!component) return undefined;
    return this.#publish(component, { cause: 'first config', actor: null });
  }

  async #publish(component: ComponentRow, why: DirtyCause, claim?: DirtyClaim): Promise<DeliveredConfig> {
    const { rendered, leftOut } = await this.#render(component);
    await this.#deps.db.transaction().execute(async (tx) => {
      if (!(await lockComponent(tx, component.id))) return;
      const latest = await findLatestGeneration(tx, component.id);
      if (latest?.hash !== rendered.hash) {
        const generation = (latest?.generation ?? 0) + 1;
        const sealed = this.#deps.cipher.seal(rendered.text, binding(component.id, generation));
        await insertGeneration(tx, {
          componentId: component.id,
          generation,
          hash: rendered.hash,
          ...sealed,
          nodeCount: rendered.nodeCount,
          leftOut,
          cause: why.cause,
          actor: why.actor,
        });
      }
      if (claim) await settleClaim(tx, claim);
    });
    return this.#keep(component.id, rendered.hash, rendered.text);
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

  #keep(componentId: string, hash: string, text: string): DeliveredConfig {
    const config = { hash, etag: `"${hash}"`, text: Buffer.from(text) };
    this.#cache.set(componentId, config);
    return config;
  }
}

function binding(componentId: string, generation: number): string {
  return `collector_configs:${componentId}:${generation}`;
}
