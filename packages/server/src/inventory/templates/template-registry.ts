import type { DeviceTemplate } from '@stratora/contract';
import type { FileFault, Logger } from '@stratora/runtime';
import { findRuleConflict, type LoadedTemplates, loadTemplates, resolveTemplates } from '@stratora/templates';
import { canonicalJson } from './template-version.ts';

/** The device templates that are in force. */
export class TemplateRegistry {
  readonly #folder: string;
  readonly #logger: Logger;
  #loaded: LoadedTemplates = { own: new Map(), templates: new Map(), faults: [] };
  #ruleTemplates: readonly DeviceTemplate[] = [];

  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  get faults(): readonly FileFault[] {
    return this.#loaded.faults;
  }

  /**
   * The templates whose metric rules are in force, without what they inherit, and the retired ones with rules that no
   * other template has. Another array whenever templates are put in force.
   */
  get ruleTemplates(): readonly DeviceTemplate[] {
    return this.#ruleTemplates;
  }

  /** The templates in force, as in their files and with what they inherit. */
  get sets(): Pick<LoadedTemplates, 'own' | 'templates'> {
    return this.#loaded;
  }

  find(slug: string): DeviceTemplate | undefined {
    return this.#loaded.templates.get(slug);
  }

  /** Lists templates by slug. */
  list(): DeviceTemplate[] {
    return [...this.#loaded.templates.values()].toSorted((a, b) => a.slug.localeCompare(b.slug));
  }

  /**
   * Reads the folder. A template whose file has a fault keeps the form in force, so that a slip of the pen does not stop
   * the polling of a plant.
   */
  async read(): Promise<LoadedTemplates> {
    const fresh = await loadTemplates(this.#folder);
    const own = new Map(fresh.own);
    for (const { file } of fresh.faults) keepOld(own, this.#loaded.own, slugOf(file));
    // A sound child of a file with a fault inherits the form of that which stays.
    const resolved = resolveTemplates(own);
    const templates = new Map(resolved.templates);
    const faults = fresh.faults
      .filter(({ file }) => !fresh.own.has(slugOf(file)) || !resolved.templates.has(slugOf(file)))
      .map((fault) => {
        keepOld(templates, this.#loaded.templates, slugOf(fault.file));
        const stays = templates.has(slugOf(fault.file));
        return stays ? { ...fault, message: `${fault.message}; its last good form stays in force` } : fault;
      });
    for (const fault of faults) this.#logger.error({ ...fault }, 'device template not loaded');
    return { own, templates, faults };
  }

  /**
   * Puts templates in force.
   *
   * @param retired templates by which components may still send rows; their rules count where none in force is for the
   *   same rows
   */
  adopt(loaded: LoadedTemplates, retired: readonly DeviceTemplate[] = []): void {
    const own = [...loaded.own.values()];
    const faults = [...loaded.faults];
    const conflict = findRuleConflict(own);
    if (conflict === undefined) {
      this.#ruleTemplates = [...own, ...withoutRulesOf(own, retired)];
    } else {
      const fault = { file: 'metrics', message: conflict };
      this.#logger.error(fault, 'device template not loaded');
      faults.push(fault);
    }
    this.#loaded = { ...loaded, faults };
  }

  /** Reads the folder and puts its templates in force. @returns slugs that are new, changed or gone */
  async reload(): Promise<string[]> {
    const before = this.#loaded.templates;
    const loaded = await this.read();
    this.adopt(loaded);
    return changedSlugs(before, loaded.templates);
  }
}

/** Returns the slugs whose template, with everything it inherits, is new, changed or gone. */
export function changedSlugs(
  before: ReadonlyMap<string, DeviceTemplate>,
  after: ReadonlyMap<string, DeviceTemplate>,
): string[] {
  const slugs = new Set([...before.keys(), ...after.keys()]);
  return [...slugs].filter((slug) => canonicalJson(before.get(slug)) !== canonicalJson(after.get(slug)));
}

function withoutRulesOf(
  own: readonly DeviceTemplate[],
  retired: readonly DeviceTemplate[],
): DeviceTemplate[] {
  const taken = new Set(own.flatMap(({ metrics }) => metrics.map(({ from }) => from)));
  return retired.map((template) => {
    const metrics = template.metrics.filter(({ from }) => !taken.has(from));
    for (const { from } of metrics) taken.add(from);
    return { ...template, metrics };
  });
}

function slugOf(file: string): string {
  return file.replace(/\.toml$/, '');
}

function keepOld<T>(fresh: Map<string, T>, old: ReadonlyMap<string, T>, slug: string): void {
  const value = old.get(slug);
  if (value !== undefined && !fresh.has(slug)) fresh.set(slug, value);
}
