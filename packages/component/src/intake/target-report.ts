import type { TargetStatus } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';

/** How one target of the engine answers. */
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

/** The engine's `{ targets: [...] }`; entries that make no sense are left out, undefined when it is no such thing. */
export function parseTargets(body: unknown): TargetReport[] | undefined {
  const list = (body as { targets?: unknown } | null)?.targets;
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, MAX_TARGETS).flatMap((entry: Partial<TargetReport> | null) => {
    if (typeof entry?.node_id !== 'string' || !UUID.test(entry.node_id)) return [];
    if (typeof entry.input !== 'string' || typeof entry.status !== 'string' || !STATUSES.has(entry.status))
      return [];
    const message = typeof entry.message === 'string' ? sanitizeText(entry.message, 1024) : '';
    return [{ node_id: entry.node_id, input: sanitizeText(entry.input, 64), status: entry.status, message }];
  });
}

/**
 * The state of all targets as the engine last told it, and which of them the server has not heard of. Bounded by what
 * a config can name.
 */
export class TargetBoard {
  readonly #known = new Map<string, TargetReport>();
  readonly #untold = new Map<string, TargetReport>();

  get untold(): number {
    return this.#untold.size;
  }

  update(targets: readonly TargetReport[]): void {
    for (const target of targets) {
      const key = `${target.node_id}\n${target.input}`;
      const before = this.#known.get(key);
      if (before && before.status === target.status && before.message === target.message) continue;
      if (!before && this.#known.size >= MAX_TARGETS) continue;
      this.#known.set(key, target);
      this.#untold.set(key, target);
    }
  }

  /** Takes what the server has to be told; `giveBack` when it could not be. */
  take(): { targets: TargetReport[]; giveBack: () => void } {
    const taken = [...this.#untold];
    this.#untold.clear();
    return {
      targets: taken.map(([, target]) => target),
      giveBack: () => {
        for (const [key, target] of taken) if (!this.#untold.has(key)) this.#untold.set(key, target);
      },
    };
  }

  /** A new config runs, with other targets maybe: what is still there will tell again. */
  clear(): void {
    this.#known.clear();
    this.#untold.clear();
  }
}
