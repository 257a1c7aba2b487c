import type { Component } from '@stratora/contract';
import { childProcesses, type StratoraSystem, waitFor } from '@stratora/testkit';
import { ComponentFixture, type EngineFault, faultyEngine, MARKER, pause } from './component-fixture.ts';

export interface FailureOutcome {
  fault: EngineFault;
  status: string;
  message: string;
  /** Milliseconds from the config on the server until its API reported the failure. */
  reportedMs: number;
  /** Milliseconds from the component having the config until it was promoted; NaN when it never was. */
  promotedMs: number;
  /** Milliseconds from the promotion until the old config ran again; NaN when it never stopped. */
  oldRunsMs: number;
  /** Longest gap in the old node's samples in ms, over the whole run; NaN when that ended too early to tell. */
  gapMs: number;
  missing: number;
  duplicates: number;
  /** Number of times that the failed config was promoted. */
  promotions: number;
}

/** Gives a collector a config on which its engine fails, and measures the outcome from outside. */
export async function failEngine(
  system: StratoraSystem,
  fault: EngineFault,
  lateMs: number,
): Promise<FailureOutcome> {
  const fixture = await ComponentFixture.prepare(system, `engine-${fault}`, {
    environment: faultyEngine(fault, lateMs),
  });
  try {
    await fixture.runOldConfig();
    fixture.startLoad();
    const startedAt = Date.now();
    await fixture.addNode(`${MARKER}-${fault}`);
    const wanted = await waitFor(
      async () => {
        const { desired_config_hash: hash } = await fixture.component();
        return hash !== fixture.oldHash && { hash: hash ?? '', at: Date.now() };
      },
      { everyMs: 50, what: 'a new config' },
    );
    const reported = await waitFor(async () => (await failureOf(fixture, fault)) ?? false, {
      timeoutMs: 90_000 + 4 * lateMs,
      everyMs: 50,
      what: `the failure of ${fixture.name}`,
    });
    const reportedAt = Date.now();
    const promotedAt = fixture.loggedAt('config promoted', startedAt) ?? Number.NaN;
    const oldRunsAt = await oldRuns(fixture);
    // A hash that failed is not tried again: another pull must not change anything. The slow ones only in long runs.
    const waits = fault === 'refuses' || fault === 'exits' || lateMs >= 30_000;
    if (waits) await pause(12_000);
    const verdict = await fixture.judge();
    return {
      fault,
      status: reported.config_status ?? '',
      message: reported.config_message ?? '',
      reportedMs: reportedAt - wanted.at,
      promotedMs: promotedAt - wanted.at,
      oldRunsMs: oldRunsAt - promotedAt,
      gapMs: waits ? await longestGap(fixture) : Number.NaN,
      missing: verdict.missing,
      duplicates: verdict.duplicates + verdict.foreign,
      promotions: fixture.collector.printed
        .split('\n')
        .filter((line) => line.includes('"msg":"config promoted"') && line.includes(wanted.hash)).length,
    };
  } finally {
    await fixture.dispose();
  }
}

/**
 * Reads the reported failure; a crash loop is reported as such only until the old config is back, and the end counts.
 */
async function failureOf(fixture: ComponentFixture, fault: EngineFault): Promise<Component | undefined> {
  const component = await fixture.component();
  const { config_status: status } = component;
  if (fault === 'exits-late' && status === 'engine_down') return undefined;
  return status !== null && status !== 'applied' ? component : undefined;
}

/** Waits until the engine behind the wrapper runs the old config (again); returns that time. */
async function oldRuns(fixture: ComponentFixture): Promise<number> {
  return waitFor(
    async () => {
      const text = await fixture.engineText();
      const wrapper = childProcesses(fixture.collector.pid).find(({ command }) => command.includes(' run '));
      const running = wrapper && childProcesses(wrapper.pid).length > 0;
      return running && !text.includes(MARKER) && Date.now();
    },
    { timeoutMs: 60_000, everyMs: 50, what: 'the old config to run again' },
  );
}

async function longestGap(fixture: ComponentFixture): Promise<number> {
  const query = `ping_percent_packet_loss{node_id="${fixture.oldNode}"}[10m]`;
  const answer = await fixture.system.api.get<{ data: { result: { values: [number, string][] }[] } }>(
    `/api/v1/metrics/query?query=${encodeURIComponent(query)}`,
  );
  const times = answer.data.result[0]?.values.map(([time]) => time * 1000) ?? [];
  return Math.max(0, ...times.slice(1).map((time, at) => time - (times[at] ?? 0)));
}
