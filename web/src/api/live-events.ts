import type { ChangedEvent, DiscoveryChangedEvent, NodeStatusEvent } from '@stratora/contract';
import type { QueryClient } from '@tanstack/react-query';
import { reloadAlerts } from './alerts.ts';
import { reloadComponents } from './components.ts';
import { applyDiscoveryEvents } from './discovery.ts';
import { applyStatusEvents, reloadNodes } from './nodes.ts';

/** The state of the stream. `live`: events come. `polling`: none do, lists are asked every 10 s. `connecting`: not known. */
export type LiveState = 'connecting' | 'live' | 'polling';

const BURST_MS = 250;
/** Milliseconds for which changes are gathered: a thousand components report more often than a table must be drawn. */
const COMPONENT_BURST_MS = 1_000;
/** Milliseconds between two readings of the alerts: in a storm each cycle and each action tells of changes. */
const ALERTS_BURST_MS = 1_000;
/** Milliseconds for which changes of links are gathered: a derivation tells of several at once. */
const TOPOLOGY_BURST_MS = 1_000;
/** Milliseconds for which the progress of scans is gathered: each tells of itself every two seconds, and its devices are read anew. */
const DISCOVERY_BURST_MS = 1_000;
const SUMMARY_MIN_MS = 2_000;
const RETRY_MIN_MS = 2_000;
const RETRY_MAX_MS = 30_000;

/**
 * The page's one stream of server-sent events. Bursts are gathered for 250 ms and written into the query cache in
 * one pass; while the stream is away the cache is invalidated every poll interval instead.
 */
export class LiveEvents {
  readonly #client: QueryClient;
  readonly #listeners = new Set<() => void>();
  readonly #statuses = new Map<string, NodeStatusEvent>();
  readonly #changes = new Map<string, ChangedEvent['change']>();
  readonly #components = new Map<string, ChangedEvent['change']>();
  readonly #scans = new Map<string, DiscoveryChangedEvent>();
  #source: EventSource | undefined;
  #state: LiveState = 'connecting';
  #burst: ReturnType<typeof setTimeout> | undefined;
  #componentBurst: ReturnType<typeof setTimeout> | undefined;
  #alertBurst: ReturnType<typeof setTimeout> | undefined;
  #topologyBurst: ReturnType<typeof setTimeout> | undefined;
  #scanBurst: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #summary: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_MIN_MS;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): LiveState => this.#state;

  start(): void {
    if (this.#source !== undefined) return;
    const source = new EventSource('/api/v1/events');
    this.#source = source;
    source.addEventListener('open', () => {
      this.#retryMs = RETRY_MIN_MS;
      // What changed while the stream was away was not told.
      if (this.#state === 'polling') void this.#client.invalidateQueries();
      this.#setState('live');
    });
    source.addEventListener('error', () => {
      this.#setState('polling');
      if (source.readyState === EventSource.CLOSED) this.#reopenLater();
    });
    this.#on(source, 'node_status', (data) => {
      const event = data as NodeStatusEvent;
      this.#statuses.set(event.node_id, event);
      this.#summarySoon();
    });
    this.#on(source, 'node_changed', (data) => {
      const event = data as ChangedEvent;
      this.#changes.set(event.id, event.change);
      this.#summarySoon();
    });
    this.#on(source, 'component_changed', (data) => {
      const event = data as ChangedEvent;
      this.#components.set(event.id, event.change);
      this.#componentBurst ??= setTimeout(() => this.#flushComponents(), COMPONENT_BURST_MS);
      this.#summarySoon();
    });
    this.#on(source, 'alerts_changed', () => {
      this.#alertBurst ??= setTimeout(() => this.#flushAlerts(), ALERTS_BURST_MS);
      this.#summarySoon();
    });
    this.#on(source, 'maintenance_changed', () => {
      void this.#client.invalidateQueries({ queryKey: ['maintenance-windows'] });
      this.#summarySoon();
    });
    this.#on(source, 'topology_changed', () => {
      this.#topologyBurst ??= setTimeout(() => this.#flushTopology(), TOPOLOGY_BURST_MS);
    });
    this.#on(source, 'discovery_changed', (data) => {
      const event = data as DiscoveryChangedEvent;
      this.#scans.set(event.job_id, event);
      this.#scanBurst ??= setTimeout(() => this.#flushScans(), DISCOVERY_BURST_MS);
    });
    this.#on(source, 'activity', () => this.#summarySoon());
  }

  stop(): void {
    for (const timer of [
      this.#burst,
      this.#componentBurst,
      this.#alertBurst,
      this.#topologyBurst,
      this.#scanBurst,
      this.#retry,
      this.#summary,
    ]) {
      clearTimeout(timer);
    }
    this.#burst = undefined;
    this.#componentBurst = undefined;
    this.#alertBurst = undefined;
    this.#topologyBurst = undefined;
    this.#scanBurst = undefined;
    this.#retry = undefined;
    this.#summary = undefined;
    this.#source?.close();
    this.#source = undefined;
    this.#setState('connecting');
  }

  #on(source: EventSource, name: string, handle: (event: unknown) => void): void {
    source.addEventListener(name, (message) => {
      try {
        handle(JSON.parse((message as MessageEvent<string>).data));
      } catch {
        return;
      }
      this.#burst ??= setTimeout(() => this.#flush(), BURST_MS);
    });
  }

  #flush(): void {
    this.#burst = undefined;
    if (this.#statuses.size > 0) applyStatusEvents(this.#client, new Map(this.#statuses));
    if (this.#changes.size > 0) void reloadNodes(this.#client, new Map(this.#changes));
    this.#statuses.clear();
    this.#changes.clear();
  }

  #flushComponents(): void {
    this.#componentBurst = undefined;
    void reloadComponents(this.#client, new Map(this.#components));
    void this.#client.invalidateQueries({ queryKey: ['rollouts'] });
    this.#components.clear();
  }

  #flushAlerts(): void {
    this.#alertBurst = undefined;
    void reloadAlerts(this.#client);
  }

  #flushTopology(): void {
    this.#topologyBurst = undefined;
    void this.#client.invalidateQueries({ queryKey: ['topology'] });
  }

  #flushScans(): void {
    this.#scanBurst = undefined;
    applyDiscoveryEvents(this.#client, new Map(this.#scans));
    this.#scans.clear();
  }

  #summarySoon(): void {
    this.#summary ??= setTimeout(() => {
      this.#summary = undefined;
      void this.#client.invalidateQueries({ queryKey: ['summary'] });
    }, SUMMARY_MIN_MS);
  }

  #reopenLater(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.start(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
  }

  #setState(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
