import type { MibObject } from '../mib-object.ts';
import type { PrinterProfile, UpsProfile } from './device-profile.ts';
import { counter32, integer, mibRow, mibScalars, text } from './mib-rows.ts';
import { flowBetween, levelAt } from './moving-value.ts';

const UPS = '1.3.6.1.2.1.33.1';
const PRINTER = '1.3.6.1.2.1.43';
const MAINS_VOLTS = 230;

/** Builds objects of UPS-MIB (RFC 1628): identity, battery, and one line in and out. */
export function upsObjects(ups: UpsProfile): MibObject[] {
  const at = (level: UpsProfile['load']) => (now: number) => Math.max(0, Math.round(levelAt(level, now)));
  const watts = (now: number) => Math.round((ups.ratedWatts * levelAt(ups.load, now)) / 100);
  return [
    ...mibScalars(`${UPS}.1`, [text(1, ups.manufacturer), text(2, ups.model)]),
    ...mibScalars(`${UPS}.2`, [
      integer(1, 2),
      integer(2, 0),
      integer(3, at(ups.minutesLeft)),
      integer(4, 100),
      integer(5, 547),
      integer(7, at(ups.batteryCelsius)),
    ]),
    ...mibScalars(`${UPS}.3`, [integer(2, 1)]),
    ...mibRow(`${UPS}.3.3.1`, 1, [integer(2, 500), integer(3, MAINS_VOLTS)]),
    ...mibScalars(`${UPS}.4`, [integer(1, 3), integer(2, 500), integer(3, 1)]),
    ...mibRow(`${UPS}.4.4.1`, 1, [integer(2, MAINS_VOLTS), integer(4, watts), integer(5, at(ups.load))]),
  ];
}

/** Builds objects of Printer-MIB (RFC 3805): the page counter and the level of each supply. */
export function printerObjects(printer: PrinterProfile, bootedAt: number): MibObject[] {
  return [
    ...mibRow(`${PRINTER}.10.2.1`, '1.1', [
      integer(3, 7),
      counter32(4, (now) => 20_000 + flowBetween(printer.pages, bootedAt, now)),
    ]),
    ...printer.supplies.flatMap((supply, at) =>
      mibRow(`${PRINTER}.11.1.1`, `1.${at + 1}`, [
        integer(4, 3),
        integer(5, 3),
        text(6, supply.name),
        integer(7, 7),
        integer(8, supply.capacity),
        integer(9, supply.left),
      ]),
    ),
  ];
}
