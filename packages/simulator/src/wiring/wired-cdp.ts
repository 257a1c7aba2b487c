import type { MibObject } from '../mib-object.ts';
import { integer, mibRow, mibScalars, text } from '../profiles/mib-rows.ts';
import { cdpCapabilities, descriptionOf, isSpeaking, portDescription } from './announced-texts.ts';
import { heardAnnouncements } from './heard-announcements.ts';
import type { WiredNetwork } from './wired-network.ts';
import type { WiredDevice } from './wiring.ts';

/** CISCO-CDP-MIB. */
const CDP = '1.3.6.1.4.1.9.9.23.1';
const IS_IP = 1;
const TRUE = 1;
const FULL_DUPLEX = 3;
const FIRST_VLAN = 1;

/** Builds the objects of CDP: the device's own, and a row for each neighbour that it hears. */
export function cdpTables(network: WiredNetwork, device: WiredDevice): MibObject[] {
  if (!isSpeaking(device, 'cdp')) return [];
  const heard = heardAnnouncements(network, device, 'cdp');
  return [
    ...mibScalars(`${CDP}.3`, [integer(1, TRUE), text(4, device.name)]),
    ...heard.flatMap(({ heardOn, sender }, at) => {
      const { address, vlan, name, kind } = sender.device;
      const octets = address === undefined ? Buffer.alloc(0) : Buffer.from(address.split('.').map(Number));
      return mibRow(`${CDP}.2.1.1`, `${heardOn.index}.${at + 1}`, [
        integer(3, IS_IP),
        text(4, octets),
        text(5, descriptionOf(sender.device)),
        text(6, name),
        text(7, portDescription(sender.port)),
        text(8, `stratora ${kind}`),
        text(9, cdpCapabilities(kind)),
        integer(11, vlan ?? FIRST_VLAN),
        integer(12, FULL_DUPLEX),
        text(17, name),
      ]);
    }),
  ];
}
