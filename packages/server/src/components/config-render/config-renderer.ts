import { errorMessage, type Logger } from '@stratora/runtime';
import { findTemplateVersions } from '../../inventory/templates/index.ts';
import type { Database, LeftOutNode } from '../../platform/db/index.ts';
import { KeyMissing } from '../../platform/secrets/index.ts';
import { type RenderedText, renderConfigTextSteps } from './config-text.ts';
import { Pace } from './render-pace.ts';
import {
  type CredentialRow,
  type RenderRows,
  readRenderRows,
  type TargetRow,
  type VersionsFor,
} from './render-queries.ts';
import {
  prepareTemplate,
  type RenderCredential,
  type RenderTarget,
  type RenderTemplate,
} from './target-inputs.ts';

export interface EncryptedCredential {
  id: string;
  type: string;
  secret: Buffer;
  keyVersion: number;
}

export interface ConfigRendererOptions {
  db: Database;
  logger: Logger;
  /** Decrypts the secret of a credential, in the shape of its type. */
  openCredential(credential: EncryptedCredential): Record<string, unknown>;
  versionsFor: VersionsFor;
}

/** The text for a component's engine, with the time that its making took. */
export interface RenderedConfig extends RenderedText {
  /** The running rollout whose new template versions stand in it. */
  releasedBy: string | undefined;
  /** Milliseconds of reading the rows. */
  rowsMs: number;
  /** Milliseconds from the rows to text and hash. */
  renderMs: number;
}

type Opened = { credential: RenderCredential } | { fault: string };

/** Template versions that are kept in memory: a version never changes. */
const VERSIONS_MAX = 1000;

/** Renders the configs of components from the rows of the database. */
export class ConfigRenderer {
  readonly #options: ConfigRendererOptions;
  readonly #versions = new Map<string, RenderTemplate>();

  constructor(options: ConfigRendererOptions) {
    this.#options = options;
  }

  /**
   * Renders the config of one component.
   *
   * @param versionsFor other template versions than those that the component is to be given now
   * @returns undefined for a component that is not approved
   */
  async render(
    componentId: string,
    versionsFor: VersionsFor = this.#options.versionsFor,
  ): Promise<RenderedConfig | undefined> {
    const startedAt = performance.now();
    const rows = await readRenderRows(this.#options.db, componentId, versionsFor);
    if (!rows) return undefined;
    const templates = await this.#templates(rows.versions.hashes);
    const readAt = performance.now();
    const credentials = new Map(rows.credentials.map((row) => [row.id, this.#open(row)]));
    const leftOut: LeftOutNode[] = [];
    const targets = targetsOf(rows, { templates, credentials, leftOut });
    const rendered = await run(renderConfigTextSteps(rows.component, targets));
    leftOut.push(...rendered.leftOut);
    if (leftOut.length > 0) {
      const [first] = leftOut;
      this.#options.logger.warn(
        { component_id: componentId, count: leftOut.length, first },
        'config rendered without some nodes',
      );
    }
    const { text, hash, nodeCount } = rendered;
    const times = { rowsMs: readAt - startedAt, renderMs: performance.now() - readAt };
    return { text, hash, nodeCount, leftOut, releasedBy: rows.versions.releasedBy, ...times };
  }

  /** Returns the template versions by slug, of which the unknown ones are read. */
  async #templates(versions: ReadonlyMap<string, string>): Promise<Map<string, RenderTemplate>> {
    const missing = [...new Set(versions.values())].filter((hash) => !this.#versions.has(hash));
    if (missing.length > 0) {
      if (this.#versions.size + missing.length > VERSIONS_MAX) this.#versions.clear();
      const needed = this.#versions.size === 0 ? [...new Set(versions.values())] : missing;
      for (const row of await findTemplateVersions(this.#options.db, needed)) {
        this.#versions.set(row.hash, prepareTemplate(row));
      }
    }
    const found = new Map<string, RenderTemplate>();
    for (const [slug, hash] of versions) {
      const template = this.#versions.get(hash);
      if (template) found.set(slug, template);
    }
    return found;
  }

  #open({ id, type, secret, key_version: keyVersion }: CredentialRow): Opened {
    try {
      const opened = this.#options.openCredential({ id, type, secret, keyVersion });
      return { credential: { type, secret: opened } as unknown as RenderCredential };
    } catch (error) {
      // Another server has the newer key: it renders the nodes that this one would have to leave out.
      if (error instanceof KeyMissing && error.isNewer) throw error;
      return { fault: `its credential cannot be used: ${errorMessage(error)}` };
    }
  }
}

interface Known {
  templates: ReadonlyMap<string, RenderTemplate>;
  credentials: ReadonlyMap<string, Opened>;
  /** Filled with nodes that cannot be rendered at all. */
  leftOut: LeftOutNode[];
}

function* targetsOf({ component, targets }: RenderRows, known: Known): Generator<RenderTarget> {
  for (const row of targets) {
    const target = targetOf(row, component.type, known);
    if (typeof target === 'string') known.leftOut.push({ node_id: row.id, name: row.name, reason: target });
    else yield target;
  }
}

/** Builds the target of a node, or says why the config must do without it. */
function targetOf(row: TargetRow, type: string, { templates, credentials }: Known): RenderTarget | string {
  const template = templates.get(row.template);
  if (!template) return `its template "${row.template}" does not exist`;
  if (template.gatheredBy !== type)
    return `its template "${row.template}" is gathered by ${template.gatheredBy}s`;
  const attached: Record<string, RenderCredential> = {};
  const ids = {
    snmp: row.snmp_credential_id,
    vsphere: row.vsphere_credential_id,
    http: row.http_credential_id,
  };
  for (const [purpose, id] of Object.entries(ids)) {
    const opened = id === null ? undefined : credentials.get(id);
    if (opened === undefined) continue;
    if ('fault' in opened) return opened.fault;
    attached[purpose] = opened.credential;
  }
  return {
    node: {
      id: row.id,
      name: row.name,
      ipAddress: row.ip_address,
      snmpPort: row.snmp_port,
      ...(row.snmp_pace === null ? {} : { snmpPace: row.snmp_pace }),
      url: row.url,
    },
    template,
    // A credential is only ever attached for a purpose that its type serves.
    credentials: attached,
  };
}

async function run<T>(steps: Generator<undefined, T>): Promise<T> {
  const pace = new Pace();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (pace.isDue) await pace.rest();
  }
}
