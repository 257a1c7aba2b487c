import type { CableEnd, WiredDevice, Wiring } from '@stratora/simulator';
import { lineText } from './drawn-wiring.ts';

/** A wiring as a map must show it, by names. */
export interface WiredMap {
  /** The lines between monitored devices, `core-1 Po1 - dist-1 Po48`: a LAG is one. */
  readonly lines: readonly string[];
  /** For each switch that nobody can ask and that joins more than one thing, the monitored ends plugged into it. */
  readonly unmanaged: readonly (readonly string[])[];
  /** The monitored devices that are reached from one of them while some others are away, with that one. */
  reachedFrom(start: string, away: readonly string[]): Set<string>;
}

/** Works out what is wired from the cables alone; no table of a device is looked at. */
export function wiredMap({ devices, cables }: Wiring, monitored: readonly string[]): WiredMap {
  const byName = new Map(devices.map((device) => [device.name, device]));
  const lines = new Set<string>();
  const plugged = new Map<string, string[]>();
  const joined = new Map<string, Set<string>>();
  const join = (a: string, b: string) => joined.set(a, (joined.get(a) ?? new Set()).add(b));
  for (const { a, b, isUp } of cables) {
    if (isUp === false) continue;
    const ends = [a, b].map((end) => endOf(end, byName));
    const [one, other] = ends;
    if (one === undefined || other === undefined) throw new Error(`a cable has no end: ${a} ${b}`);
    join(one.device.name, other.device.name);
    join(other.device.name, one.device.name);
    if (ends.every(({ device }) => monitored.includes(device.name)))
      lines.add(lineText(one.text, other.text));
    const hub = ends.find(({ device }) => device.kind === 'unmanaged');
    const user = ends.find(({ device }) => monitored.includes(device.name));
    if (hub === undefined || user === undefined) continue;
    plugged.set(hub.device.name, [...(plugged.get(hub.device.name) ?? []), user.text].toSorted());
  }
  const reachedFrom = (start: string, away: readonly string[]) => {
    const reached = new Set([start]);
    for (const name of reached) {
      for (const next of joined.get(name) ?? []) if (!away.includes(next)) reached.add(next);
    }
    return new Set([...reached].filter((name) => monitored.includes(name)));
  };
  return { lines: [...lines], unmanaged: [...plugged.values()], reachedFrom };
}

/** Finds the device of an end, and the port or aggregate there as a map names it. */
function endOf(
  end: CableEnd,
  devices: ReadonlyMap<string, WiredDevice>,
): { device: WiredDevice; text: string } {
  const parting = end.lastIndexOf(':');
  const [name, port] = [end.slice(0, parting), end.slice(parting + 1)];
  const device = devices.get(name);
  if (device === undefined) throw new Error(`there is no device ${name}`);
  const aggregate = device.aggregates?.find(({ ports }) => ports.includes(port));
  return { device, text: `${name} ${aggregate?.name ?? port}` };
}
