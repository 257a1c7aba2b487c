import type { NeighbourSystem } from '@stratora/contract';
import { macOf, numberOf, textOf } from './cell-value.ts';
import { lldpId } from './lldp-id.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Reading } from './reading.ts';

/** SNMPv2-MIB (RFC 3418), SNMP-FRAMEWORK-MIB (RFC 3411), BRIDGE-MIB (RFC 4188), LLDP-MIB, LLDP-V2-MIB, CISCO-CDP-MIB. */
const NAMES = {
  description: '1.3.6.1.2.1.1.1.0',
  objectId: '1.3.6.1.2.1.1.2.0',
  upTime: '1.3.6.1.2.1.1.3.0',
  name: '1.3.6.1.2.1.1.5.0',
  engineId: '1.3.6.1.6.3.10.2.1.1.0',
  bridge: '1.3.6.1.2.1.17.1.1.0',
  lldpChassisKind: '1.0.8802.1.1.2.1.3.1.0',
  lldpChassis: '1.0.8802.1.1.2.1.3.2.0',
  lldpName: '1.0.8802.1.1.2.1.3.3.0',
  lldpV2ChassisKind: '1.3.111.2.802.1.1.13.1.3.1.0',
  lldpV2Chassis: '1.3.111.2.802.1.1.13.1.3.2.0',
  lldpV2Name: '1.3.111.2.802.1.1.13.1.3.3.0',
  cdpRun: '1.3.6.1.4.1.9.9.23.1.3.1.0',
  cdpName: '1.3.6.1.4.1.9.9.23.1.3.4.0',
} as const;
const NOBODY = '00:00:00:00:00:00';
/** cdpGlobalRun: switched off. */
const FALSE = 2;

export interface OwnNames {
  readonly system: NeighbourSystem;
  /** Whether the device answered with anything at all. */
  readonly isHeard: boolean;
  /** Whether it has each of these, whether or not their tables have rows. */
  readonly hasLldp: boolean;
  readonly hasBridge: boolean;
  readonly hasCdp: boolean;
  readonly isCdpOff: boolean;
}

/** Reads what a device calls itself. */
export async function readOwnNames(reading: Reading): Promise<OwnNames> {
  const values = await reading.get(Object.values(NAMES));
  const of = (name: keyof typeof NAMES): SourceValue | undefined => values.get(NAMES[name]);
  const chassis = of('lldpChassis') ?? of('lldpV2Chassis');
  const kind = of('lldpChassis') === undefined ? of('lldpV2ChassisKind') : of('lldpChassisKind');
  const id = chassis === undefined ? null : lldpId('chassis', kind, chassis);
  const bridge = macOf(of('bridge'));
  const engine = of('engineId');
  const upTime = numberOf(of('upTime'));
  return {
    isHeard: values.size > 0,
    hasLldp: chassis !== undefined || of('lldpName') !== undefined || of('lldpV2Name') !== undefined,
    hasBridge: of('bridge') !== undefined,
    hasCdp: of('cdpRun') !== undefined || of('cdpName') !== undefined,
    isCdpOff: numberOf(of('cdpRun')) === FALSE,
    system: {
      system_name: textOf(of('name')),
      system_description: textOf(of('description')),
      system_object_id: textOf(of('objectId')),
      chassis: id?.text === '' ? null : id,
      lldp_name: textOf(of('lldpName') ?? of('lldpV2Name')),
      cdp_device_id: textOf(of('cdpName')),
      base_mac: bridge === undefined || bridge === NOBODY ? null : bridge,
      engine_id: typeof engine === 'object' && engine.length > 0 ? Buffer.from(engine).toString('hex') : null,
      serial: null,
      uptime_seconds: upTime === null ? null : Math.floor(upTime / 100),
    },
  };
}
