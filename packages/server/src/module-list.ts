import type { Clock, Lifecycle } from '@stratora/runtime';
import type { Registry } from 'prom-client';
import { exportLoops, exportValue } from './platform/health/index.ts';
import type { ScopeRoutes } from './platform/http/index.ts';
import type { ServerModule } from './platform/module.ts';

/**
 * The modules of a server. All that the app does with a module it does for each of this list, so that one whose loop runs
 * is also one whose loop is exported and stopped.
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

  /** Prepares all of them, one after the other, and then starts all. What has begun is stopped, last in first out. */
  async start(lifecycle: Lifecycle): Promise<void> {
    for (const module of this.#modules) {
      // Before it prepares: half of it may be there when that fails.
      lifecycle.onStop(module.name, () => stopModule(module));
      await module.prepare?.();
    }
    for (const module of this.#modules) {
      module.start?.();
      for (const loop of module.loops ?? []) loop.start();
    }
  }
}

/** What is in memory is complete once the loops have ended. */
async function stopModule(module: ServerModule): Promise<void> {
  await Promise.all((module.loops ?? []).map((loop) => loop.stop()));
  await module.stop?.();
}

function requireUnique(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two ${what} have the name ${twice}`);
}
