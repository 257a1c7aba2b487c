import { type Flow, fraction, type PortProfile } from '@stratora/simulator';
import type { Cable, CableEnd } from './cabling.ts';
import type { Model } from './model.ts';

/** The data of a device by which its neighbours name it. */
export interface Station {
  readonly name: string;
  readonly seed: number;
  readonly model: Model;
  readonly chassisMac: Buffer;
  readonly address: string;
}

interface PortName {
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly megabits: number;
}

/** How the alias of a port begins that leads to a desk. */
const DESK = 'Desk';
const NO_TRAFFIC: Flow = { perSecond: 0, seed: 0 };

/** Lists the ports of a model, named and numbered from 1. */
export function portNames(model: Model): PortName[] {
  let index = 0;
  return model.ports.flatMap(({ count, name, description, megabits }) =>
    Array.from({ length: count }, (_, at) => {
      index += 1;
      const number = String(at + 1);
      return {
        index,
        name: name.replace('#', number),
        description: description.replace('#', number),
        megabits,
      };
    }),
  );
}

/**
 * Builds the ports of a device. A cabled one carries the traffic of its cable; the others of an access switch have
 * workstations, or nothing, by chance.
 */
export function devicePorts(
  station: Station,
  cables: readonly Cable[],
  hasWorkstations: boolean,
): PortProfile[] {
  return portNames(station.model).map((port): PortProfile => {
    const order = cables.findIndex(({ a, b }) => isAt(a, station, port) || isAt(b, station, port));
    const cable = cables[order];
    if (cable !== undefined) return cabledPort(station, port, { cable, order });
    const chance = fraction(station.seed * 101 + port.index);
    const seed = station.seed * 1_000 + port.index;
    if (!hasWorkstations || port.megabits > 1_000 || chance > 0.62) {
      // Unused ports of infrastructure are switched off, those at people's desks are left on.
      const state = hasWorkstations && port.megabits <= 1_000 && chance < 0.94 ? 'down' : 'off';
      return { ...port, alias: '', state, received: NO_TRAFFIC, sent: NO_TRAFFIC };
    }
    const octets = 8_000 + 240_000 * fraction(seed);
    return {
      ...port,
      alias: `${DESK} ${station.seed}-${port.index}`,
      state: 'up',
      received: { perSecond: octets * 0.3, seed },
      sent: { perSecond: octets, seed: seed + 500_000 },
    };
  });
}

/** Lists the numbers of the ports that lead to a desk at which somebody works. */
export function deskPorts(ports: readonly PortProfile[]): number[] {
  return ports.filter(({ alias }) => alias.startsWith(`${DESK} `)).map(({ index }) => index);
}

function cabledPort(
  station: Station,
  port: PortName,
  { cable, order }: { cable: Cable; order: number },
): PortProfile {
  const isA = isAt(cable.a, station, port);
  // The seeds are the cable's, so that both of its ends count the same.
  const seed = 9_000_000 + order * 10;
  const fromA: Flow = { perSecond: cable.fromA * trafficFactor(order), seed };
  const fromB: Flow = { perSecond: cable.fromB * trafficFactor(order), seed: seed + 5 };
  return {
    ...port,
    megabits: cable.megabits,
    alias: `to ${isA ? cable.b.device : cable.a.device}`,
    state: 'up',
    received: isA ? fromB : fromA,
    sent: isA ? fromA : fromB,
  };
}

/** Returns a factor by which equal cables carry unequal traffic. */
function trafficFactor(order: number): number {
  return 0.55 + 0.9 * fraction(order * 31 + 7);
}

function isAt(end: CableEnd, station: Station, port: PortName): boolean {
  return end.device === station.name && end.port === port.index;
}
