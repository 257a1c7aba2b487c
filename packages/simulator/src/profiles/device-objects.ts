import type { MibObject } from '../mib-object.ts';
import type { DeviceProfile } from './device-profile.ts';
import { hostTables, sensorTables } from './host-tables.ts';
import { integer, mibScalars, oid, text, ticks } from './mib-rows.ts';
import { portObjects } from './port-objects.ts';
import { printerObjects, upsObjects } from './ups-printer-objects.ts';

const SYSTEM = '1.3.6.1.2.1.1';
/** Values of sysServices (RFC 3418): layers 2 and 3, and 4 and 7. */
const NETWORK_SERVICES = 6;
const HOST_SERVICES = 72;

/** Builds the MIB of a device: the tables that its profile has data for, every moving value a pure function of time. */
export function deviceObjects(device: DeviceProfile): MibObject[] {
  return [
    ...mibScalars(SYSTEM, [
      text(1, device.description),
      oid(2, `1.3.6.1.4.1.${device.vendorArcs}`),
      ticks(3, (now) => Math.max(0, now - device.bootedAt) * 100),
      text(4, device.contact),
      text(5, device.name),
      text(6, device.location),
      integer(7, device.isNetworkDevice ? NETWORK_SERVICES : HOST_SERVICES),
    ]),
    ...portObjects(device),
    ...hostTables(device),
    ...sensorTables(device),
    ...(device.ups === undefined ? [] : upsObjects(device.ups)),
    ...(device.printer === undefined ? [] : printerObjects(device.printer, device.bootedAt)),
  ];
}
