import { COMPONENT_LOST_SECONDS, NODE_STATUSES, type StatusCounts, type Summary } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import { groupActivity } from './activity-groups.ts';
import {
  countBySite,
  countComponents,
  listActivity,
  listAttention,
  type SiteStatusRow,
} from './summary-queries.ts';

const ATTENTION_MAX = 20;
const ACTIVITY_MAX = 30;
/** Things that happened last and are told; many of them may be one line. */
const ACTIVITY_READ = 1000;
/** Milliseconds for which an answer is shared: fifty open browsers ask at the same moment. */
const SHARED_MS = 1000;

export interface SummaryOptions {
  db: Database;
  clock: Clock;
}

/** The service of the counters and lists of the home page. */
export class SummaryService {
  readonly #options: SummaryOptions;
  #shared: { at: number; summary: Promise<Summary> } | undefined;

  constructor(options: SummaryOptions) {
    this.#options = options;
  }

  /** Returns the summary, which is at most a second old. */
  get(): Promise<Summary> {
    const now = this.#options.clock.monotonic();
    if (this.#shared && now - this.#shared.at < SHARED_MS) return this.#shared.summary;
    const summary = this.#read();
    this.#shared = { at: now, summary };
    summary.catch(() => {
      this.#shared = undefined;
    });
    return summary;
  }

  async #read(): Promise<Summary> {
    const { db, clock } = this.#options;
    const [sites, components, attention, activity] = await Promise.all([
      countBySite(db),
      countComponents(db, COMPONENT_LOST_SECONDS),
      listAttention(db, ATTENTION_MAX),
      listActivity(db, ACTIVITY_READ),
    ]);
    const bySite = groupSites(sites);
    const failing = sites.reduce((sum, one) => sum + one.failing, 0);
    const all = addCounts(bySite.map(({ by_status: counts }) => counts));
    return {
      nodes: {
        total: totalOf(all),
        by_status: all,
        collection_failing: failing,
      },
      health_score: healthScore(all, failing),
      sites: bySite,
      components,
      attention: attention.map((row) => ({
        node_id: row.node_id,
        name: row.name,
        status: row.status,
        reason: row.reason ?? '',
        since: row.since.toISOString(),
      })),
      activity: groupActivity(activity).slice(0, ACTIVITY_MAX),
      generated_at: new Date(clock.now()).toISOString(),
    };
  }
}

function noCounts(): StatusCounts {
  return Object.fromEntries(NODE_STATUSES.map((status) => [status, 0])) as StatusCounts;
}

function totalOf(counts: StatusCounts): number {
  return NODE_STATUSES.reduce((sum, status) => sum + counts[status], 0);
}

function addCounts(list: readonly StatusCounts[]): StatusCounts {
  const sum = noCounts();
  for (const counts of list) for (const status of NODE_STATUSES) sum[status] += counts[status];
  return sum;
}

function groupSites(rows: readonly SiteStatusRow[]): Summary['sites'] {
  const sites = new Map<string, Summary['sites'][number]>();
  for (const { site_id: id, site_name: name, status, count } of rows) {
    const site = sites.get(id) ?? { id, name, total: 0, by_status: noCounts() };
    sites.set(id, site);
    if (status === null) continue;
    site.by_status[status] += count;
    site.total += count;
  }
  return [...sites.values()];
}

/**
 * Returns the share of nodes that are well, 0 to 100. A warning counts half, and so does an unknown state, which is
 * neither good nor bad; nodes in maintenance and discovering are left out. It is 100 only when nothing is wrong anywhere.
 *
 * @param failing how many nodes cannot be read in full
 */
export function healthScore(counts: StatusCounts, failing = 0): number | null {
  const { healthy, warning, unknown } = counts;
  const known = healthy + warning + counts.critical + counts.offline;
  if (known === 0) return null;
  const share = ((healthy + (warning + unknown) / 2) / (known + unknown)) * 100;
  const isPerfect = healthy === known && unknown === 0 && failing === 0;
  return isPerfect ? 100 : Math.min(99, Math.round(share));
}
