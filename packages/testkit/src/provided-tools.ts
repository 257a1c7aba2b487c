import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  provideNewestStore as buildNewestStore,
  provideVcsim as buildVcsim,
  defaultToolCacheDir,
  type FoundTelegraf,
  findVictoriaMetrics,
  newestStorePath,
  provideStoreTool,
  provideTelegraf,
  vcsimPath,
} from '@stratora/launcher';
import { ALLOWED_INPUTS } from '@stratora/telegraf';
import { findVictoriaMetricsProgram } from './victoria-metrics.ts';

/**
 * Programs that tests and benchmarks run beside ours, fetched or built into the tool cache when they are nowhere yet.
 */

/**
 * Provides the Telegraf of tools/telegraf, built with the inputs that a component may run. @throws ToolUnavailableError
 */
export function providePinnedTelegraf(): Promise<FoundTelegraf> {
  return provideTelegraf({
    binary: process.env['STRATORA_TELEGRAF_BIN'],
    ...toolSearch(),
    moduleDir: fileURLToPath(new URL('../../../tools/telegraf', import.meta.url)),
    inputs: ALLOWED_INPUTS,
    environment: process.env,
  });
}

/** Provides the metric store that `findVictoriaMetricsProgram` then finds. @throws ToolUnavailableError */
export async function provideStore(): Promise<void> {
  await findVictoriaMetrics({ binary: process.env['STRATORA_VICTORIA_METRICS_BIN'], ...toolSearch() });
}

/** Provides the newest VictoriaMetrics of tools/victoria-metrics. @throws ToolUnavailableError */
export function provideNewestStore(): Promise<string> {
  return buildNewestStore({
    ...toolSearch(),
    moduleDir: fileURLToPath(new URL('../../../tools/victoria-metrics', import.meta.url)),
    environment: process.env,
  });
}

/** Finds the newest VictoriaMetrics, where it was provided; in CI it must have been. */
export function findNewestStore(): string | undefined {
  const path = newestStorePath(toolSearch().cacheDir);
  if (existsSync(path)) return path;
  if (process.env['CI']) throw new Error('the newest VictoriaMetrics was not built; CI must have it');
  return undefined;
}

/** Provides the simulated vCenter of tools/vcsim. @throws ToolUnavailableError */
export function provideVcsim(): Promise<string> {
  return buildVcsim({ ...toolSearch(), moduleDir: VCSIM_MODULE, environment: process.env });
}

/** Finds the simulated vCenter, where it was provided; in CI it must have been. */
export function findVcsim(): string | undefined {
  const path = vcsimPath({ cacheDir: toolSearch().cacheDir, moduleDir: VCSIM_MODULE });
  if (existsSync(path)) return path;
  if (process.env['CI']) throw new Error('the simulated vCenter was not built; CI must have it');
  return undefined;
}

/** Provides a companion of the metric store: vmauth, vmagent, vmalert. @throws ToolUnavailableError */
export function provideCompanion(name: string): Promise<string> {
  return provideStoreTool(name, { binary: process.env['STRATORA_VICTORIA_METRICS_BIN'], ...toolSearch() });
}

/** Finds vmalert, where it was provided; in CI it must have been. */
export function findVmAlert(): string | undefined {
  const path = findVictoriaMetricsProgram('vmalert');
  if (path === undefined && process.env['CI']) throw new Error('vmalert was not fetched; CI must have it');
  return path;
}

const VCSIM_MODULE = fileURLToPath(new URL('../../../tools/vcsim', import.meta.url));

function toolSearch() {
  return {
    searchPath: process.env['PATH'] ?? '',
    cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
    // Steps are printed as the test runner does: the programs are fetched once, and people wonder why it takes long.
    onStep: (text: string) => void process.stdout.write(`${text}\n`),
  };
}
