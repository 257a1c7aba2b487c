import type { MibObject } from '../mib-object.ts';
import { integer, mibRow, text } from '../profiles/mib-rows.ts';
import { descriptionOf } from './announced-texts.ts';
import type { WiredDevice } from './wiring.ts';

/** entPhysicalTable of ENTITY-MIB (RFC 6933). */
const ENTITY_ENTRY = '1.3.6.1.2.1.47.1.1.1.1';
const CHASSIS = 3;
const STACK = 11;
const STACK_INDEX = 1;

/** Builds the rows of a stack and its members. */
export function stackTables(device: WiredDevice): MibObject[] {
  const serials = device.stackSerials ?? [];
  if (serials.length === 0) return [];
  return [
    ...mibRow(ENTITY_ENTRY, STACK_INDEX, [
      text(2, descriptionOf(device)),
      integer(4, 0),
      integer(5, STACK),
      text(7, 'Stack'),
    ]),
    ...serials.flatMap((serial, at) =>
      mibRow(ENTITY_ENTRY, STACK_INDEX + 1 + at, [
        text(2, descriptionOf(device)),
        integer(4, STACK_INDEX),
        integer(5, CHASSIS),
        text(7, `Switch ${at + 1}`),
        text(11, serial),
        text(13, 'Stratora S1'),
      ]),
    ),
  ];
}
