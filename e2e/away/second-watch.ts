import type { Health, Node, Summary } from '@stratora/contract';
import type { StratoraSystem } from '@stratora/testkit';
import { headlineOf } from '../web-words.ts';

/** What people are told at one moment. */
export interface Told {
  /** Seconds since the cut. */
  second: number;
  nodes: Readonly<Record<string, Pick<Node, 'status' | 'status_reason'>>>;
  headline: string;
  score: number | null;
  health: string;
}

/** Looks once a second at what a node, Home and the health say, from a moment on. */
export class SecondWatch {
  readonly told: Told[] = [];
  readonly #system: StratoraSystem;
  readonly #nodes: Readonly<Record<string, string>>;
  readonly #startedAt = performance.now();

  /** @param nodes ids of the nodes to look at, by what they are called in the table */
  constructor(system: StratoraSystem, nodes: Readonly<Record<string, string>>) {
    this.#system = system;
    this.#nodes = nodes;
  }

  /** Looks once, at second 0: for what was told before the cut. */
  async begin(): Promise<void> {
    this.told.push(await this.#look());
  }

  /** Looks every second until a look is the last one, or the time is over. */
  async until(isLast: (told: Told) => boolean, limitSeconds: number): Promise<void> {
    for (;;) {
      const told = await this.#look();
      this.told.push(told);
      if (isLast(told) || told.second >= limitSeconds) return;
      const nextMs = (told.second + 1) * 1000 - (performance.now() - this.#startedAt);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs)));
    }
  }

  /** Returns the second at which a node was told to have a status first; Infinity if never. */
  secondOf(name: string, status: Node['status'], fromSecond = 0): number {
    const found = this.told.find(
      ({ second, nodes }) => second >= fromSecond && nodes[name]?.status === status,
    );
    return found?.second ?? Number.POSITIVE_INFINITY;
  }

  /** Returns every status that a node was told to have, in order. */
  statusesOf(name: string): string[] {
    const all = this.told.map(({ nodes }) => nodes[name]?.status ?? '');
    return all.filter((status, index) => status !== all[index - 1]);
  }

  /** Returns the moments at which something that is told had changed, as rows of a table. */
  rows(): Record<string, string | number>[] {
    const rows = this.told.map(({ second, nodes, headline, score, health }) => ({
      second,
      ...Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, wordsOf(node)])),
      Home: headline,
      score: score ?? '-',
      health,
    }));
    const said = rows.map(({ second: _, ...rest }) => JSON.stringify(rest));
    return rows.filter((_, index) => said[index] !== said[index - 1]);
  }

  async #look(): Promise<Told> {
    const { api } = this.#system;
    const second = Math.floor((performance.now() - this.#startedAt) / 1000);
    const [health, summary, ...nodes] = await Promise.all([
      api.call('GET', '/api/v1/health'),
      api.get<Summary>('/api/v1/summary'),
      ...Object.values(this.#nodes).map((id) => api.get<Node>(`/api/v1/nodes/${id}`)),
    ]);
    const names = Object.keys(this.#nodes);
    const { text } = headlineOf(summary);
    return {
      second,
      nodes: Object.fromEntries(nodes.map((node, index) => [names[index] ?? '', node])),
      headline: text,
      score: summary.health_score,
      health: healthWords(health.json() as Health),
    };
  }
}

function wordsOf({ status, status_reason: reason }: Pick<Node, 'status' | 'status_reason'>): string {
  return reason === null ? status : `${status}: ${reason}`;
}

function healthWords({ status, checks, messages }: Health): string {
  const failing = Object.entries(checks).flatMap(([name, state]) => (state === 'ok' ? [] : [name]));
  return [status, ...failing, ...messages].join('; ');
}
