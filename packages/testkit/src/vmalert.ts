import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WrittenDefinition } from '@stratora/contract';
import { freeTcpPort } from './free-port.ts';
import { LoopbackServer } from './loopback-server.ts';
import type { ExportedSeries } from './victoria-metrics.ts';
import { waitFor } from './wait-for.ts';

/** An alerting rule of vmalert: one alert for each series that its expression gives. */
export interface VmAlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
}

export interface VmAlertGroup {
  readonly rules: readonly VmAlertRule[];
  readonly intervalSeconds: number;
  /** Number of rules that are evaluated at once. */
  readonly concurrency: number;
}

/** What a group has done since the start. */
export interface VmAlertCounters {
  readonly cycles: number;
  /** Intervals that passed while the evaluation before them was still running. */
  readonly missed: number;
  /** Seconds of all cycles together. */
  readonly seconds: number;
  readonly firing: number;
  readonly errors: number;
}

/** The part of a definition that a rule is made of. */
export type RuleSource = Pick<
  WrittenDefinition,
  'name' | 'expr' | 'comparison' | 'warning' | 'critical' | 'duration_seconds'
>;

const GROUP = 'stratora';
const COMMON_FLAGS = ['-loggerLevel=ERROR', '-disableAlertgroupLabel'];
const NO_NOTICES = { 'content-type': 'application/json' };

/** Makes the rules that say the same as a definition: one for each of its thresholds, named after both. */
export function rulesOf(definition: RuleSource): VmAlertRule[] {
  const { name, expr, comparison, duration_seconds } = definition;
  return (['warning', 'critical'] as const).flatMap((severity) => {
    const threshold = definition[severity];
    if (threshold === null || expr === null) return [];
    return [
      {
        alert: `${name} ${severity}`,
        expr: `(${expr}) ${comparison} ${threshold}`,
        for: `${duration_seconds}s`,
      },
    ];
  });
}

/** VictoriaMetrics' own evaluator on a store, in a process of its own. Its notices are taken and forgotten. */
export class VmAlert {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #folder: string;
  readonly #notifier: LoopbackServer;

  private constructor(parts: { child: ChildProcess; url: string; folder: string; notifier: LoopbackServer }) {
    this.pid = parts.child.pid ?? 0;
    this.#child = parts.child;
    this.#url = parts.url;
    this.#folder = parts.folder;
    this.#notifier = parts.notifier;
  }

  /** @param args flags beside the necessary ones */
  static async start(options: {
    readonly binary: string;
    readonly storeUrl: string;
    readonly group: VmAlertGroup;
    readonly args?: readonly string[];
  }): Promise<VmAlert> {
    const notifier = new LoopbackServer((_, __, response) => response.writeHead(200, NO_NOTICES).end('{}'));
    await notifier.start();
    const folder = await mkdtemp(join(tmpdir(), 'stratora-vmalert-'));
    const rules = await writeRules(folder, options.group);
    const port = await freeTcpPort();
    const child = spawn(
      options.binary,
      [
        ...COMMON_FLAGS,
        `-rule=${rules}`,
        `-datasource.url=${options.storeUrl}`,
        `-notifier.url=${notifier.url}`,
        `-httpListenAddr=127.0.0.1:${port}`,
        ...(options.args ?? []),
      ],
      { stdio: 'ignore' },
    );
    const started = new VmAlert({ child, url: `http://127.0.0.1:${port}`, folder, notifier });
    try {
      await started.#waitUntilUp();
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  async counters(): Promise<VmAlertCounters> {
    const text = await (await fetch(`${this.#url}/metrics`)).text();
    return {
      cycles: sumOf(text, 'vmalert_iteration_duration_seconds_count'),
      missed: sumOf(text, 'vmalert_iteration_missed_total'),
      seconds: sumOf(text, 'vmalert_iteration_duration_seconds_sum'),
      firing: sumOf(text, 'vmalert_alerts_firing'),
      errors: sumOf(text, 'vmalert_execution_errors_total'),
    };
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = exitOf(this.#child);
      this.#child.kill('SIGKILL');
      await ended;
    }
    await this.#notifier.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #waitUntilUp(): Promise<void> {
    await waitFor(
      async () => {
        if (this.#child.exitCode !== null) throw new Error(`vmalert ended with ${this.#child.exitCode}`);
        return (await fetch(`${this.#url}/health`)).ok;
      },
      { timeoutMs: 15_000, everyMs: 50, what: 'the start of vmalert' },
    );
  }
}

/**
 * Has vmalert evaluate rules over a time that has passed, as it would have then. What it found is in the store
 * afterwards: a series `ALERTS{alertname, alertstate}` with a sample for each evaluation.
 */
export async function replayRules(options: {
  readonly binary: string;
  readonly storeUrl: string;
  readonly group: VmAlertGroup;
  readonly fromMs: number;
  readonly toMs: number;
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stratora-vmalert-'));
  try {
    const rules = await writeRules(folder, options.group);
    const child = spawn(
      options.binary,
      [
        ...COMMON_FLAGS,
        `-rule=${rules}`,
        `-datasource.url=${options.storeUrl}`,
        `-remoteWrite.url=${options.storeUrl}`,
        '-remoteWrite.flushInterval=100ms',
        // Its default of 5 min is the step of a replay too, whatever the interval of the group.
        `-datasource.queryStep=${options.group.intervalSeconds}s`,
        '-replay.rulesDelay=0s',
        '-replay.disableProgressBar',
        `-replay.timeFrom=${new Date(options.fromMs).toISOString()}`,
        `-replay.timeTo=${new Date(options.toMs).toISOString()}`,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2_000);
    });
    const code = await exitOf(child);
    if (code !== 0) throw new Error(`vmalert ended with ${code}: ${words}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A time in which an alert fired: from the first evaluation that found it firing until the first that did not. */
export interface FiringTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Joins the samples of an `ALERTS` series to times; those that are one step apart belong together. */
export function firingTimes(series: ExportedSeries, stepMs: number): FiringTime[] {
  const times: FiringTime[] = [];
  let fromMs = Number.NaN;
  let lastMs = Number.NaN;
  for (const atMs of series.timestamps.toSorted((a, b) => a - b)) {
    if (atMs - lastMs > stepMs) times.push({ fromMs, toMs: lastMs + stepMs });
    if (!(atMs - lastMs <= stepMs)) fromMs = atMs;
    lastMs = atMs;
  }
  if (!Number.isNaN(lastMs)) times.push({ fromMs, toMs: lastMs + stepMs });
  return times;
}

/** Writes a rule file as JSON, which is YAML. */
async function writeRules(folder: string, group: VmAlertGroup): Promise<string> {
  const { rules, intervalSeconds, concurrency } = group;
  const file = join(folder, 'rules.yml');
  const groups = [{ name: GROUP, interval: `${intervalSeconds}s`, concurrency, rules }];
  await writeFile(file, JSON.stringify({ groups }));
  return file;
}

/** Adds up the samples of a metric in a Prometheus text, whatever their labels. */
function sumOf(text: string, metric: string): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    if (!line.startsWith(metric)) continue;
    const next = line[metric.length];
    if (next === '{' || next === ' ') sum += Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return sum;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
