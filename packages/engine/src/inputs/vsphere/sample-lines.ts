import type { FieldValue } from '../../input.ts';
import type { Inventory, MeasuredObject } from './inventory.ts';
import type { PerfCounter } from './performance-counters.ts';
import type { Sample } from './performance-samples.ts';
import type { KindName } from './resource-kinds.ts';

/** A line to write. */
export interface SampleLine {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: Record<string, FieldValue>;
  readonly timeMs: number;
}

export interface LineSettings {
  readonly kind: KindName;
  readonly datastores: Inventory['datastores'];
  readonly wholeNumbers: boolean;
}

/** Gathers the samples of one object into lines: those of one group of counters, instance and time share a line. */
export class SampleLines {
  readonly #object: MeasuredObject;
  readonly #settings: LineSettings;
  readonly #lines = new Map<string, SampleLine>();

  constructor(object: MeasuredObject, settings: LineSettings) {
    this.#object = object;
    this.#settings = settings;
  }

  add(counter: PerfCounter, instance: string, { timeMs, value }: Sample): void {
    const [group = '', ...rest] = counter.name.split('.');
    const measurement = `vsphere_${this.#settings.kind}_${group}`;
    const extra = instanceTags(counter.name, instance, this.#settings.datastores);
    const key = `${measurement}\n${Object.keys(extra).join(',')}\n${instance}\n${timeMs}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      const { tags, fields } = this.#object;
      line = { measurement, tags: { ...tags, ...extra }, fields: { ...fields }, timeMs };
      this.#lines.set(key, line);
    }
    line.fields[rest.join('_')] = this.#fieldOf(counter, value);
  }

  lines(): Iterable<SampleLine> {
    return this.#lines.values();
  }

  /** Percentages come in hundredths; of the others an average may have a fraction. */
  #fieldOf(counter: PerfCounter, value: number): FieldValue {
    if (counter.isPercent) return value / 100;
    return this.#settings.wholeNumbers ? BigInt(Math.round(value)) : value;
  }
}

/** Tags of an instance by the beginning of the counter's name; the first that fits counts. */
const INSTANCE_TAGS: readonly (readonly [start: string, tag: string])[] = [
  ['cpu.', 'cpu'],
  ['datastore.', 'lun'],
  ['disk.', 'disk'],
  ['net.', 'interface'],
  ['storageAdapter.', 'adapter'],
  ['storagePath.', 'path'],
  ['sys.resource', 'resource'],
  ['vflashModule.', 'module'],
  ['virtualDisk.', 'disk'],
];
/** The instance of a counter that sums up all of them. */
const TOTAL = 'instance-total';

function instanceTags(
  counter: string,
  instance: string,
  datastores: Inventory['datastores'],
): Record<string, string> {
  const tag = INSTANCE_TAGS.find(([start]) => counter.startsWith(start))?.[1];
  if (tag === undefined) return instance === '' ? {} : { instance };
  const name = instance === '' ? TOTAL : instance;
  if (tag === 'lun') return { lun: name, dsname: datastores.get(name) ?? name };
  return { [tag]: counter.startsWith('disk.') ? name.replace(/^<|>$/g, '') : name };
}
