import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type DeviceIdentity,
  EVIDENCE_TEXT_MAX,
  type FoundDeviceInput,
  type FoundEvidence,
} from '@stratora/contract';
import { type EntityRow, type Evidence, RuleBook } from '@stratora/identify';
import { serialKey } from './identity-keys.ts';

/** A scan's rules of identification, as `readRuleFiles` gives them. */
export type ScanRules = ConstructorParameters<typeof RuleBook>[0];

/** Rows of a chassis and of a stack: no other one identifies a device. */
const TELLING_CLASSES = new Set([3, 11]);
const MOST_ENTITIES = 16;
const MOST_OBJECTS = 200;

/** Packs rules for the order of a scan. */
export function packRules(rules: ScanRules): string {
  return gzipSync(JSON.stringify(rules)).toString('base64');
}

/** Opens packed rules. @throws when they are not whole */
export function unpackRules(packed: string): RuleBook {
  return new RuleBook(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as ScanRules);
}

/** Writes evidence as a part of a scan has it: cut to what identification looks at. */
export function evidenceToWire(evidence: Evidence): FoundEvidence {
  const { sysObjectId, sysDescr, sysName, sysServices, held, values, entities } = evidence;
  return {
    sys_object_id: cutOrNull(sysObjectId),
    sys_descr: cutOrNull(sysDescr),
    sys_name: cutOrNull(sysName),
    sys_services: sysServices ?? null,
    held: [...(held ?? [])]
      .slice(0, MOST_OBJECTS)
      .map(([subtree, { oid, text }]) => ({ subtree, oid, text: cut(text) })),
    values: [...(values ?? [])].slice(0, MOST_OBJECTS).map(([oid, text]) => ({ oid, text: cut(text) })),
    entities: (entities ?? [])
      .filter(({ physicalClass }) => TELLING_CLASSES.has(physicalClass))
      .slice(0, MOST_ENTITIES)
      .map((row) => ({
        physical_class: row.physicalClass,
        description: cut(row.description),
        firmware: cut(row.firmware),
        software: cut(row.software),
        serial: cut(row.serial),
        manufacturer: cut(row.manufacturer),
        model: cut(row.model),
      })),
  };
}

/** Reads the evidence of a found device, with what else was found of it. */
export function evidenceFromWire(
  evidence: FoundEvidence,
  found: Pick<FoundDeviceInput, 'web' | 'open_ports' | 'mac_vendor'>,
): Evidence {
  return {
    sysObjectId: evidence.sys_object_id ?? undefined,
    sysDescr: evidence.sys_descr ?? undefined,
    sysName: evidence.sys_name ?? undefined,
    sysServices: evidence.sys_services ?? undefined,
    held: new Map(evidence.held.map(({ subtree, oid, text }) => [subtree, { oid, text }])),
    values: new Map(evidence.values.map(({ oid, text }) => [oid, text])),
    entities: evidence.entities.map(
      (row): EntityRow => ({
        physicalClass: row.physical_class,
        description: row.description,
        firmware: row.firmware,
        software: row.software,
        serial: row.serial,
        manufacturer: row.manufacturer,
        model: row.model,
      }),
    ),
    web: webEvidence(found.web ?? undefined),
    openPorts: found.open_ports ?? [],
    macVendor: found.mac_vendor ?? undefined,
  };
}

/** What a found web server tells of the device behind it. */
export function webEvidence(
  web: NonNullable<FoundDeviceInput['web']> | undefined,
): NonNullable<Evidence['web']> {
  return {
    server: web?.server ?? undefined,
    title: web?.title ?? undefined,
    certificateSubject: web?.certificate_subject ?? undefined,
  };
}

/**
 * Tells what a found device is whose scan could only read its evidence, with the key that follows from that. A device that was
 * identified stays as it is.
 */
export function identifyFound<Found extends FoundDeviceInput>(
  found: Found,
  identify: (evidence: Evidence) => DeviceIdentity,
): Found {
  if (found.evidence === null || found.evidence === undefined || found.identity) return found;
  const identity = identify(evidenceFromWire(found.evidence, found));
  const serial = serialKey(identity);
  return {
    ...found,
    identity,
    evidence: null,
    keys: [
      ...(serial === undefined ? [] : [serial]),
      ...(found.keys ?? []).filter(({ kind }) => kind !== 'serial'),
    ],
  };
}

function cut(text: string): string {
  // A NUL is in no text that a database keeps.
  return text.replaceAll('\u0000', '').slice(0, EVIDENCE_TEXT_MAX).toWellFormed();
}

function cutOrNull(text: string | undefined): string | null {
  return text === undefined ? null : cut(text);
}
