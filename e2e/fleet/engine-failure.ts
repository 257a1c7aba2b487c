import type { Component } from '@stratora/contract';
import { childProcesses, type StratoraSystem, waitFor } from '@stratora/testkit';
import { ComponentStand, type EngineFault, faultyEngine, MARKER, pause } from './component-stand.ts';

export interface FailureOutcome {
  fault: EngineFault;
  status: string;
  message: string;
  /** From the moment the server wanted the config until its API told how it failed. */
  toldMs: number;
  /** From the component having the config until it was promoted; NaN when it never was. */
  promotedMs: number;
  /** From the promotion until the old config ran again; NaN when it never stopped. */
  oldRunsMs: number;
  /** Longest hole in the old node's samples, over the whole run; NaN when that ended too early to tell. */
  holeMs: number;
  missing: number;
  duplicates: number;
  /** Times that the failed config was promoted. */
  promotions: number;
}

/** Gives a collector a config on which its engine fails, and watches from outside what becomes of it. */
export async function failEngine(
  system: StratoraSystem,
  fault: EngineFault,
  lateMs: number,
): Promise<FailureOutcome> {
  const stand = await ComponentStand.prepare(system, `engine-${fault}`, {
    environment: faultyEngine(fault, lateMs),
  });
  try {
    await stand.runOldConfig();
    stand.startLoad();
    const startedAt = Date.now();
    await stand.addNode(`${MARKER}-${fault}`);
    const wanted = await waitFor(
      async () => {
        const { desired_config_hash: hash } = await stand.component();
        return hash !== stand.oldHash && { hash: hash ?? '', at: Date.now() };
      },
      { everyMs: 50, what: 'a new config' },
    );
    const told = await waitFor(async () => (await failureOf(stand, fault)) ?? false, {
      timeoutMs: 90_000 + 4 * lateMs,
      everyMs: 50,
      what: `the failure of ${stand.name}`,
    });
    const toldAt = Date.now();
    const promotedAt = stand.loggedAt('config promoted', startedAt) ?? Number.NaN;
    const oldRunsAt = await oldRuns(stand);
    // A hash that failed is not tried again: another pull must not change anything. The slow ones only in long runs.
    const waits = fault === 'refuses' || fault === 'exits' || lateMs >= 30_000;
    if (waits) await pause(12_000);
    const verdict = await stand.judge();
    return {
      fault,
      status: told.config_status ?? '',
      message: told.config_message ?? '',
      toldMs: toldAt - wanted.at,
      promotedMs: promotedAt - wanted.at,
      oldRunsMs: oldRunsAt - promotedAt,
      holeMs: waits ? await longestHole(stand) : Number.NaN,
      missing: verdict.missing,
      duplicates: verdict.duplicates + verdict.foreign,
      promotions: stand.collector.printed
        .split('\n')
        .filter((line) => line.includes('"msg":"config promoted"') && line.includes(wanted.hash)).length,
    };
  } finally {
    await stand.dispose();
  }
}

/** A crash loop is told as one for the moment until the old config is back; what counts is how it ends. */
async function failureOf(stand: ComponentStand, fault: EngineFault): Promise<Component | undefined> {
  const component = await stand.component();
  const { config_status: status } = component;
  if (fault === 'exits-late' && status === 'engine_down') return undefined;
  return status !== null && status !== 'applied' ? component : undefined;
}

/** When the engine behind the wrapper runs the old config (again). */
async function oldRuns(stand: ComponentStand): Promise<number> {
  return waitFor(
    async () => {
      const text = await stand.engineText();
      const wrapper = childProcesses(stand.collector.pid).find(({ command }) => command.includes(' run '));
      const running = wrapper && childProcesses(wrapper.pid).length > 0;
      return running && !text.includes(MARKER) && Date.now();
    },
    { timeoutMs: 60_000, everyMs: 50, what: 'the old config to run again' },
  );
}

async function longestHole(stand: ComponentStand): Promise<number> {
  const query = `ping_percent_packet_loss{node_id="${stand.oldNode}"}[10m]`;
  const answer = await stand.system.api.get<{ data: { result: { values: [number, string][] }[] } }>(
    `/api/v1/metrics/query?query=${encodeURIComponent(query)}`,
  );
  const times = answer.data.result[0]?.values.map(([time]) => time * 1000) ?? [];
  return Math.max(0, ...times.slice(1).map((time, at) => time - (times[at] ?? 0)));
}
