import type { Device } from './device.ts';
import type { End, Line } from './line.ts';
import { newestOf } from './line.ts';
import type { PortLines } from './port-lines.ts';
import type { Port } from './port-table.ts';
import { compareText } from './stable-id.ts';

/** Ports that hear each other through something that nobody can ask. */
export interface WireSegment {
  /** Its ends, in the order of their keys; one for each port, and one for a device of which no port is known. */
  readonly ends: readonly End[];
  readonly lines: readonly Line[];
  readonly newestMs: number;
}

/**
 * Takes the lines of ports that hear several devices out of the lines, and makes one segment of all ports that are joined
 * by them: each hears the others, so no two of them are joined by a cable of their own. The ports of an aggregate may lead
 * to as many devices as it has members (MC-LAG).
 */
export function takeSegments(lines: PortLines): WireSegment[] {
  const segments: WireSegment[] = [];
  for (const port of lines.ports) {
    if (lines.farDevices(port).size > Math.max(1, port.members.length)) segments.push(takeFrom(lines, port));
  }
  return segments;
}

function takeFrom(lines: PortLines, start: Port): WireSegment {
  const taken: Line[] = [];
  const ends = new Map<string, End>();
  const queue = new Set([start]);
  for (const port of queue) {
    for (const line of lines.at(port)) {
      lines.remove(line);
      taken.push(line);
      for (const end of line.ends) {
        ends.set(endKey(end), end);
        if (end.port !== undefined) queue.add(end.port);
      }
    }
  }
  // A device whose port is known needs no end without one.
  const placed = new Set<Device>();
  for (const { device, port } of ends.values()) if (port !== undefined) placed.add(device);
  const kept = [...ends].filter(([, { device, port }]) => port !== undefined || !placed.has(device));
  return {
    ends: kept.toSorted(([a], [b]) => compareText(a, b)).map(([, end]) => end),
    lines: taken,
    newestMs: Math.max(0, ...taken.map(newestOf)),
  };
}

/** Text that tells an end from others, and orders them. */
export function endKey({ device, port }: End): string {
  return `${device.key}|${port?.ref.key ?? ''}`;
}
