import type { Clock, Lifecycle } from '@stratora/runtime';
import type { Registry } from 'prom-client';
import { exportLoops, exportValue } from './platform/health/index.ts';
import type { ScopeRoutes } from './platform/http/index.ts';
import type { ServerModule } from './platform/module.ts';
import type { SealedRows } from './platform/sealed-rows.ts';

/**
 * The list of the modules of a server. The app does everything for each module of the list, so that a loop that runs is
 * also exported and stopped.
 */
export class ModuleList {
  readonly #modules: readonly ServerModule[];

  /**
   * @param modules in the order in which they start; their routes stand in the API document in this order, too
   * @throws when two have the same name, or two loops have
   */
  constructor(modules: readonly ServerModule[]) {
    this.#modules = modules;
    requireUnique(
      'modules',
      modules.map(({ name }) => name),
    );
    requireUnique('loops', this.loopNames);
  }

  get loopNames(): readonly string[] {
    return this.#modules.flatMap(({ loops = [] }) => loops.map(({ name }) => name));
  }

  /** All rows that are sealed with a credential key. */
  get sealed(): readonly SealedRows[] {
    return this.#modules.flatMap(({ sealed = [] }) => [...sealed]);
  }

  get routes(): ScopeRoutes {
    const inScope = (scope: keyof ScopeRoutes) =>
      this.#modules.flatMap(({ routes }) => [...(routes?.[scope] ?? [])]);
    return { public: inScope('public'), component: inScope('component'), user: inScope('user') };
  }

  exportMetrics(registry: Registry, clock: Clock): void {
    const loops = this.#modules.flatMap((module) => [...(module.loops ?? [])]);
    exportLoops(registry, loops, clock);
    for (const { metrics = [] } of this.#modules) {
      for (const metric of metrics)
        exportValue(registry, `stratora_${metric.name}`, metric.help, () => metric.read());
    }
  }

  /**
   * Prepares all modules, one after the other, and then starts all. Those that have begun are stopped, last in first
   * out.
   */
  async start(lifecycle: Lifecycle): Promise<void> {
    for (const module of this.#modules) {
      // Added before it prepares: half of it may be there when that fails.
      lifecycle.onStop(module.name, () => stopModule(module));
      await module.prepare?.();
    }
    for (const module of this.#modules) {
      module.start?.();
      for (const loop of module.loops ?? []) loop.start();
    }
  }
}

/** Stops a module after its loops, so that what is in memory is complete. */
async function stopModule(module: ServerModule): Promise<void> {
  await Promise.all((module.loops ?? []).map((loop) => loop.stop()));
  await module.stop?.();
}

function requireUnique(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two ${what} have the name ${twice}`);
}
