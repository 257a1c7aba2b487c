import type { DeviceTemplate } from '@stratora/contract';
import type { Logger } from '@stratora/runtime';
import { type LoadedTemplates, loadTemplates, type TemplateFault } from './template-loader.ts';

/** The device templates that are in force. */
export class TemplateRegistry {
  readonly #folder: string;
  readonly #logger: Logger;
  #loaded: LoadedTemplates = { templates: new Map(), faults: [] };

  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  get faults(): readonly TemplateFault[] {
    return this.#loaded.faults;
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
    const templates = new Map(fresh.templates);
    for (const { file } of fresh.faults) {
      const slug = file.replace(/\.toml$/, '');
      const old = before.get(slug);
      if (old && !templates.has(slug)) templates.set(slug, old);
    }
    for (const fault of fresh.faults) this.#logger.error({ ...fault }, 'device template not loaded');
    this.#loaded = { templates, faults: fresh.faults };
    const slugs = new Set([...before.keys(), ...templates.keys()]);
    return [...slugs].filter(
      (slug) => JSON.stringify(before.get(slug)) !== JSON.stringify(templates.get(slug)),
    );
  }
}
