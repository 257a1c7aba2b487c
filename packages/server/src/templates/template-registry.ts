import type { DeviceTemplate } from '@stratora/contract';
import { errorMessage, type Logger } from '@stratora/runtime';
import { MetricNormalizer } from '../normalize/index.ts';
import { type LoadedTemplates, loadTemplates, type TemplateFault } from './template-loader.ts';

/** The device templates that are in force. */
export class TemplateRegistry {
  readonly #folder: string;
  readonly #logger: Logger;
  #loaded: LoadedTemplates = { own: new Map(), templates: new Map(), faults: [] };
  #normalizer = new MetricNormalizer([]);

  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  get faults(): readonly TemplateFault[] {
    return this.#loaded.faults;
  }

  /** What turns raw rows into the product's metrics, by the rules in force. */
  get normalizer(): MetricNormalizer {
    return this.#normalizer;
  }

  find(slug: string): DeviceTemplate | undefined {
    return this.#loaded.templates.get(slug);
  }

  /** By slug. */
  list(): DeviceTemplate[] {
    return [...this.#loaded.templates.values()].toSorted((a, b) => a.slug.localeCompare(b.slug));
  }

  /**
   * Reads the folder again. A template whose file has a fault keeps its old form, so that a slip of the pen does not
   * stop the polling of a plant.
   *
   * @returns slugs that are new, changed or gone
   */
  async reload(): Promise<string[]> {
    const before = this.#loaded.templates;
    const fresh = await loadTemplates(this.#folder);
    const own = new Map(fresh.own);
    const templates = new Map(fresh.templates);
    for (const { file } of fresh.faults) {
      const slug = file.replace(/\.toml$/, '');
      keepOld(own, this.#loaded.own, slug);
      keepOld(templates, before, slug);
    }
    const faults = [...fresh.faults];
    try {
      this.#normalizer = new MetricNormalizer([...own.values()]);
    } catch (error) {
      faults.push({ file: 'metrics', message: errorMessage(error) });
    }
    for (const fault of faults) this.#logger.error({ ...fault }, 'device template not loaded');
    this.#loaded = { own, templates, faults };
    const slugs = new Set([...before.keys(), ...templates.keys()]);
    return [...slugs].filter(
      (slug) => JSON.stringify(before.get(slug)) !== JSON.stringify(templates.get(slug)),
    );
  }
}

function keepOld<T>(fresh: Map<string, T>, old: ReadonlyMap<string, T>, slug: string): void {
  const value = old.get(slug);
  if (value !== undefined && !fresh.has(slug)) fresh.set(slug, value);
}
