import { errorMessage, type Logger } from '@stratora/runtime';
import type { Database, LeftOutNode } from '../../platform/db/index.ts';
import { Pace } from './render-pace.ts';
import {
  type CredentialRow,
  listVersions,
  type RenderRows,
  type RenderView,
  readRenderRows,
  type TargetRow,
} from './render-rows.ts';
import { type RenderedConfig, renderSteps } from './rendered-config.ts';
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

export interface ConfigRendererDependencies {
  db: Database;
  logger: Logger;
  /** The secret of a credential in the clear, in the shape of its type. */
  openCredential(credential: EncryptedCredential): Record<string, unknown>;
}

export interface Rendered extends Pick<RenderedConfig, 'text' | 'hash' | 'nodeCount'> {
  leftOut: LeftOutNode[];
  releasedBy: string | undefined;
  /** Time that reading the rows took, and making the text of them. */
  rowsMs: number;
  renderMs: number;
}

type Opened = { credential: RenderCredential } | { fault: string };

/** Versions of templates that are kept at hand: a version never changes. */
const VERSIONS_MAX = 1000;

/** Makes configs of what the database holds. */
export class ConfigRenderer {
  readonly #deps: ConfigRendererDependencies;
  readonly #versions = new Map<string, RenderTemplate>();

  constructor(deps: ConfigRendererDependencies) {
    this.#deps = deps;
  }

  /** @returns undefined for a component that is not approved */
  async render(componentId: string, view: RenderView = {}): Promise<Rendered | undefined> {
    const startedAt = performance.now();
    const rows = await readRenderRows(this.#deps.db, componentId, view);
    if (!rows) return undefined;
    const templates = await this.#templates(rows.versions);
    const readAt = performance.now();
    const credentials = new Map(rows.credentials.map((row) => [row.id, this.#open(row)]));
    const leftOut: LeftOutNode[] = [];
    const targets = targetsOf(rows, { templates, credentials, leftOut });
    const rendered = await run(renderSteps(rows.component, targets));
    const names = new Map(rows.targets.map(({ id, name }) => [id, name]));
    for (const { nodeId, reason } of rendered.leftOut) {
      leftOut.push({ node_id: nodeId, name: names.get(nodeId) ?? '', reason });
    }
    if (leftOut.length > 0) {
      const [first] = leftOut;
      this.#deps.logger.warn(
        { component_id: componentId, count: leftOut.length, first },
        'config rendered without some nodes',
      );
    }
    const { text, hash, nodeCount } = rendered;
    const times = { rowsMs: readAt - startedAt, renderMs: performance.now() - readAt };
    return { text, hash, nodeCount, leftOut, releasedBy: rows.releasedBy, ...times };
  }

  async #templates(versions: ReadonlyMap<string, string>): Promise<Map<string, RenderTemplate>> {
    const missing = [...new Set(versions.values())].filter((hash) => !this.#versions.has(hash));
    if (missing.length > 0) {
      if (this.#versions.size + missing.length > VERSIONS_MAX) this.#versions.clear();
      const needed = this.#versions.size === 0 ? [...new Set(versions.values())] : missing;
      for (const row of await listVersions(this.#deps.db, needed)) {
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
      const opened = this.#deps.openCredential({ id, type, secret, keyVersion });
      return { credential: { type, secret: opened } as unknown as RenderCredential };
    } catch (error) {
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

/** What rendering needs to know of a node, or why it must do without it. */
function targetOf(row: TargetRow, type: string, { templates, credentials }: Known): RenderTarget | string {
  const template = templates.get(row.template);
  if (!template) return `its template "${row.template}" does not exist`;
  if (template.gatheredBy !== type)
    return `its template "${row.template}" is gathered by ${template.gatheredBy}s`;
  const opened = row.credential_id === null ? undefined : credentials.get(row.credential_id);
  if (opened && 'fault' in opened) return opened.fault;
  return {
    node: {
      id: row.id,
      name: row.name,
      ipAddress: row.ip_address,
      snmpPort: row.snmp_port,
      url: row.url,
    },
    template,
    credentials: opened ? { snmp: opened.credential } : {},
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
