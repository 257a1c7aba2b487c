import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import {
  type InstantSample,
  oneOf,
  type QueryClient,
  type SeriesClient,
  type SeriesSample,
  selector,
} from '@stratora/victoriametrics';

export interface InterfaceInfosOptions {
  query: Pick<QueryClient, 'query'>;
  series: Pick<SeriesClient, 'write'>;
  clock: Clock;
  logger: Logger;
}

export const INFO_SERIES = 'interface_info';
const EVERY_MS = 5_000;
const QUERY_TIMEOUT_MS = 5_000;
/** Nodes of one query, and queries of one run: after a power cut all of them are numbered anew. */
const NODES_PER_QUERY = 100;
const QUERIES_PER_RUN = 5;
/** Looks at a node after a change: the store shows what it took only some seconds later. */
const LOOKS = 3;
/** Labels that change with what an interface is told of. */
const TOLD = new Set(['ifIndex', 'ifAlias']);

/**
 * The ends of info series. When an interface gets another ifIndex or ifAlias, the store would show what it was told of
 * before for five more minutes beside the new, and a join by its name would find two. So the older one is ended, by a
 * marker as Prometheus writes it.
 */
export class InterfaceInfos {
  readonly loop: Periodic;
  readonly #options: InterfaceInfosOptions;
  /** Nodes with a change, and how many more times they are looked at. */
  readonly #changed = new Map<string, number>();

  constructor(options: InterfaceInfosOptions) {
    const { clock, logger } = options;
    this.#options = options;
    this.loop = periodic({
      name: 'interface-infos',
      intervalMs: EVERY_MS,
      clock,
      logger,
      run: (signal) => this.#run(signal),
    });
  }

  /** Notes that an interface of a node has another ifIndex or ifAlias. */
  noteChange(nodeId: string): void {
    this.#changed.set(nodeId, LOOKS);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const nodes = [...this.#changed.keys()].slice(0, NODES_PER_QUERY * QUERIES_PER_RUN);
    for (let at = 0; at < nodes.length && !signal.aborted; at += NODES_PER_QUERY) {
      const some = nodes.slice(at, at + NODES_PER_QUERY);
      if (!(await this.#endOld(some, signal))) return;
      for (const node of some) this.#noteLook(node);
    }
  }

  #noteLook(nodeId: string): void {
    const left = (this.#changed.get(nodeId) ?? 0) - 1;
    this.#changed.delete(nodeId);
    // Behind the others, which wait for their first look.
    if (left > 0) this.#changed.set(nodeId, left);
  }

  /** @returns whether the store answered, and took the ends */
  async #endOld(nodeIds: readonly string[], signal: AbortSignal): Promise<boolean> {
    const { query, series, clock } = this.#options;
    const expression = `timestamp(${selector(INFO_SERIES, [oneOf('node_id', nodeIds)])})`;
    const answer = await query.query(expression, clock.now(), {
      signal,
      timeoutMs: QUERY_TIMEOUT_MS,
      isWhole: true,
    });
    if (!answer.ok) return false;
    return (await series.write(endsOf(answer.value))).ok;
  }
}

/** Makes the ends of the series that another one of the same interface is newer than. Values are times in seconds. */
export function endsOf(samples: readonly InstantSample[]): SeriesSample[] {
  const ends: SeriesSample[] = [];
  for (const told of Map.groupBy(samples, ({ metric }) => identityOf(metric)).values()) {
    const newest = Math.max(...told.map(({ value }) => value));
    for (const { metric, value } of told) {
      // Of the same moment: two tables tell of the interface, and neither is older.
      if (value < newest)
        ends.push({ labels: { ...metric, __name__: INFO_SERIES }, value: 'ended', timeMs: newest * 1000 });
    }
  }
  return ends;
}

function identityOf(metric: Readonly<Record<string, string>>): string {
  const labels = Object.entries(metric).filter(([name]) => name !== '__name__' && !TOLD.has(name));
  return JSON.stringify(labels.sort(([a], [b]) => (a < b ? -1 : 1)));
}
