import type { DeviceIdentity, FoundDeviceInput } from '@stratora/contract';
import type { Evidence } from '@stratora/identify';
import { sanitizeText } from '@stratora/runtime';
import { evidenceToWire } from '../identity/evidence-wire.ts';
import { engineKey, type FoundKey, serialKey } from '../identity/identity-keys.ts';
import type { ScanHost } from './scan-host.ts';

/** Tells what a device is; absent where a scan has no templates to choose from. */
export type IdentifyDevice = (evidence: Evidence) => DeviceIdentity;

/** Most keys and own addresses that are told of a device. */
const MOST_KEYS = 50;
const MOST_ADDRESSES = 5_000;

/** Writes a host as the part of a scan that tells of it. Texts of the device are made safe here, at the door. */
export function foundDeviceOf(
  host: ScanHost,
  { identify, seenAt }: { readonly identify: IdentifyDevice | undefined; readonly seenAt: Date },
): FoundDeviceInput {
  const { evidence, login } = host;
  const identity = evidence === undefined ? undefined : identify?.(evidence);
  return {
    address: host.address,
    own_addresses: host.ownAddresses.slice(0, MOST_ADDRESSES),
    found_by: foundBy(host),
    hostname: host.hostname ?? null,
    sys_name: textOrNull(evidence?.sysName),
    sys_descr: textOrNull(evidence?.sysDescr),
    sys_object_id: textOrNull(evidence?.sysObjectId),
    evidence: evidence === undefined || identity !== undefined ? null : evidenceToWire(evidence),
    identity: identity ?? null,
    credential_id: login?.id ?? null,
    mac_address: host.macAddress ?? host.keys.find(({ kind }) => kind === 'base_mac')?.value ?? null,
    open_ports: host.openPorts.toSorted((a, b) => a - b),
    web: host.web ?? null,
    neighbours: [...host.neighbours],
    keys: keysOf(host, identity),
    remarks: host.remarks,
    seen_at: seenAt.toISOString(),
  };
}

function foundBy(host: ScanHost): NonNullable<FoundDeviceInput['found_by']> {
  return [
    ...(host.answersPing ? (['ping'] as const) : []),
    ...(host.login !== undefined || host.engineId !== undefined ? (['snmp'] as const) : []),
    ...(host.openPorts.length > 0 || host.refusesTcp ? (['tcp'] as const) : []),
    ...(host.web === undefined ? [] : (['http'] as const)),
  ];
}

function keysOf(host: ScanHost, identity: DeviceIdentity | undefined): FoundKey[] {
  const serial = identity === undefined ? undefined : serialKey(identity);
  // A device that lets nobody read it still tells the id of its engine.
  const engine = engineKey(host.engineId === undefined ? undefined : Buffer.from(host.engineId, 'hex'));
  const hasEngine = engine === undefined || host.keys.some(({ kind }) => kind === 'engine_id');
  return [
    ...(serial === undefined ? [] : [serial]),
    ...(hasEngine ? [] : [{ kind: 'engine_id' as const, value: engine }]),
    ...host.keys,
  ].slice(0, MOST_KEYS);
}

function textOrNull(text: string | undefined): string | null {
  const clean = text === undefined ? '' : sanitizeText(text);
  return clean === '' ? null : clean;
}
