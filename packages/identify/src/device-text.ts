import type { EntityRow, Evidence } from './evidence.ts';
import type { CompiledFamily, CompiledSource } from './rule-book.ts';

/** What a device is in detail. */
export interface DeviceTexts {
  readonly model: string | undefined;
  readonly serial: string | undefined;
  readonly firmware: string | undefined;
}

const CHASSIS = 3;
const STACK = 11;
/** Most characters of one text. */
const MAX_TEXT = 120;
/** What agents send where they have nothing to say. */
const EMPTY_WORDS =
  /^(n\/?a|none|unknown|unspecified|not (available|specified|set)|to be filled.*|default string|0+|-+|\.+)$/i;

/** Reads model, serial number and firmware: where the family says they are, else from the chassis of ENTITY-MIB. */
export function readDeviceTexts(evidence: Evidence, of: CompiledFamily | undefined): DeviceTexts {
  const chassis = chassisOf(evidence.entities ?? []);
  return {
    model: textFrom(evidence, of?.model) ?? usable(chassis?.model) ?? modelWord(chassis),
    serial: textFrom(evidence, of?.serial) ?? usable(chassis?.serial),
    firmware: textFrom(evidence, of?.firmware) ?? usable(chassis?.software) ?? usable(chassis?.firmware),
  };
}

function textFrom(
  { values, sysDescr = '' }: Evidence,
  source: CompiledSource | undefined,
): string | undefined {
  if (source === undefined) return undefined;
  for (const oid of source.oids) {
    const text = usable(values?.get(oid));
    if (text !== undefined) return text;
  }
  const groups = source.descr?.exec(sysDescr.slice(0, 2_048)) ?? [];
  return usable([...groups].slice(1).find((group) => group !== undefined));
}

/**
 * Finds the row that stands for the whole device: a chassis with a serial number, else any chassis, else a stack. Of a
 * stack that is its first member.
 */
export function chassisOf(rows: readonly EntityRow[]): EntityRow | undefined {
  const chassis = rows.filter(({ physicalClass }) => physicalClass === CHASSIS);
  return (
    chassis.find(({ serial }) => usable(serial) !== undefined) ??
    chassis[0] ??
    rows.find(({ physicalClass }) => physicalClass === STACK)
  );
}

/** A description of a single word is a model; a longer one is prose. */
function modelWord(row: EntityRow | undefined): string | undefined {
  const text = usable(row?.description);
  return text !== undefined && /^\S+$/.test(text) && /\d/.test(text) ? text : undefined;
}

function usable(text: string | undefined): string | undefined {
  const plain = text
    ?.replace(/\s+/g, ' ')
    .replace(/[ ,;]+$/, '')
    .trimStart()
    .slice(0, MAX_TEXT);
  return plain === undefined || plain === '' || EMPTY_WORDS.test(plain) ? undefined : plain;
}
