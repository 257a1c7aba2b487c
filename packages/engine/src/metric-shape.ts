import { encodeSeries } from '@stratora/lineprotocol';
import { sanitizeText } from '@stratora/runtime';
import type { BlockFilters, InputBlock } from '@stratora/telegraf';
import { compileGlobs, compileIncludeExclude, type NameFilter } from './glob-filter.ts';
import type { Tags } from './input.ts';

type TagFilters = readonly (readonly [string, NameFilter])[];

/** The names, tags and fields that one block gives to its metrics, changed in the order in which Telegraf does it. */
export class MetricShape {
  /** Tags of the block over the global tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly #nameOverride: string;
  readonly #prefix: string;
  readonly #suffix: string;
  readonly #keepsName: NameFilter | undefined;
  readonly #keepsTag: NameFilter | undefined;
  readonly #keepsField: NameFilter | undefined;
  readonly #tagPass: TagFilters;
  readonly #tagDrop: TagFilters;

  constructor(block: InputBlock, globalTags: Readonly<Record<string, string>>) {
    const filters = block.filters ?? {};
    this.tags = cleanTags({ ...globalTags, ...block.tags });
    this.#nameOverride = block.nameOverride ?? '';
    this.#prefix = block.namePrefix ?? '';
    this.#suffix = block.nameSuffix ?? '';
    this.#keepsName = compileIncludeExclude(filters.namePass, filters.nameDrop);
    this.#keepsTag = compileIncludeExclude(filters.tagInclude, filters.tagExclude);
    this.#keepsField = compileIncludeExclude(filters.fieldInclude, filters.fieldExclude);
    this.#tagPass = tagFilters(filters.tagPass);
    this.#tagDrop = tagFilters(filters.tagDrop);
  }

  keepsField(field: string): boolean {
    return this.#keepsField?.(field) ?? true;
  }

  /**
   * Encodes measurement and tags of a metric as a line begins with them, tags sorted by key; undefined when the filters
   * drop it. `namepass`, `namedrop`, `tagpass` and `tagdrop` see the metric as the input gave it, `taginclude` and
   * `tagexclude` see all of its tags.
   */
  encodeSeries(name: string, ownTags: Tags): Buffer | undefined {
    if (this.#keepsName?.(name) === false || !this.#tagsPass(ownTags)) return undefined;
    const base = this.#nameOverride === '' ? name : this.#nameOverride;
    const tags: Record<string, string> = { ...this.tags, ...cleanTags(ownTags) };
    const keys = Object.keys(tags).sort();
    const kept: Record<string, string> = {};
    for (const key of keys) {
      const value = tags[key];
      if (value !== undefined && (this.#keepsTag?.(key) ?? true)) kept[key] = value;
    }
    return encodeSeries(`${this.#prefix}${base}${this.#suffix}`, kept);
  }

  #tagsPass(tags: Tags): boolean {
    const matches = ([key, filter]: readonly [string, NameFilter]): boolean => {
      const value = tags[key];
      return value !== undefined && filter(value);
    };
    if (this.#tagPass.length > 0 && !this.#tagPass.some(matches)) return false;
    return !this.#tagDrop.some(matches);
  }
}

/** Makes tags from outside safe; what is empty afterwards is no tag. */
function cleanTags(tags: Tags): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const key in tags) {
    const value = sanitizeText(tags[key] ?? '');
    if (value !== '') clean[key] = value;
  }
  return clean;
}

function tagFilters(filters: BlockFilters['tagPass']): TagFilters {
  return Object.entries(filters ?? {}).flatMap(([key, patterns]) => {
    const filter = compileGlobs(patterns);
    return filter === undefined ? [] : [[key, filter] as const];
  });
}
