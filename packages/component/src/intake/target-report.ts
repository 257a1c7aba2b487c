import type { TargetStatus } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';

/** The state of one target of the engine. */
export type TargetReport = TargetStatus;

const STATUSES: ReadonlySet<string> = new Set<TargetStatus['status']>([
  'ok',
  'timeout',
  'auth',
  'refused',
  'bad_answer',
  'limit',
]);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_TARGETS = 50_000;

/**
 * Parses the engine's `{ targets: [...] }`; entries that make no sense are left out, undefined when it is no such
 * thing.
 */
export function parseTargets(body: unknown): TargetReport[] | undefined {
  const list = (body as { targets?: unknown } | null)?.targets;
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, MAX_TARGETS).flatMap((entry: Partial<TargetReport> | null) => {
    if (typeof entry?.node_id !== 'string' || !UUID.test(entry.node_id)) return [];
    if (typeof entry.input !== 'string' || typeof entry.status !== 'string' || !STATUSES.has(entry.status))
      return [];
    const message = typeof entry.message === 'string' ? sanitizeText(entry.message, 1024) : '';
    const detail = typeof entry.detail === 'string' ? sanitizeText(entry.detail, 2048) : '';
    const input = sanitizeText(entry.input, 64);
    return [
      { node_id: entry.node_id, input, status: entry.status, message, ...(detail === '' ? {} : { detail }) },
    ];
  });
}

/**
 * The state of all targets as last reported by the engine, and those that were not reported to the server yet. Bounded
 * by what a config can name.
 */
export class TargetBoard {
  readonly #known = new Map<string, TargetReport>();
  readonly #unreported = new Map<string, TargetReport>();
  #configHash: string | undefined;

  /** Hash of the config that the targets are those of. */
  get configHash(): string | undefined {
    return this.#configHash;
  }

  get unreportedCount(): number {
    return this.#unreported.size;
  }

  /** All targets as they were last reported. */
  list(): TargetReport[] {
    return [...this.#known.values()];
  }

  update(targets: readonly TargetReport[]): void {
    for (const target of targets) {
      const key = `${target.node_id}\n${target.input}`;
      const before = this.#known.get(key);
      if (before && before.status === target.status && before.message === target.message) continue;
      if (!before && this.#known.size >= MAX_TARGETS) continue;
      this.#known.set(key, target);
      this.#unreported.set(key, target);
    }
  }

  /** Takes the targets that are to be reported to the server; `giveBack` returns them when that failed. */
  take(most = MAX_TARGETS): { targets: TargetReport[]; giveBack: () => void } {
    const taken = [...this.#unreported].slice(0, most);
    for (const [key] of taken) this.#unreported.delete(key);
    return {
      targets: taken.map(([, target]) => target),
      giveBack: () => {
        for (const [key, target] of taken) if (!this.#unreported.has(key)) this.#unreported.set(key, target);
      },
    };
  }

  /**
   * Starts over with a config. The server may have forgotten what it was told, so that the next word of the engine on a
   * target is news; and what an earlier config met may be of another address or login.
   */
  begin(configHash: string): void {
    this.#configHash = configHash;
    this.#known.clear();
    this.#unreported.clear();
  }
}
