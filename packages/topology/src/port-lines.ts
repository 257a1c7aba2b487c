import type { Device } from './device.ts';
import type { End, Line } from './line.ts';
import type { Port } from './port-table.ts';

/** Lines by their ports, while it is worked out which of several lines at a port are cables. */
export class PortLines {
  readonly #byPort = new Map<Port, Set<Line>>();
  readonly #lines = new Set<Line>();

  constructor(lines: readonly Line[]) {
    for (const line of lines) this.add(line);
  }

  get all(): Line[] {
    return [...this.#lines];
  }

  /** Ports in the order in which they came up, so that the result follows from the lines alone. */
  get ports(): Port[] {
    return [...this.#byPort.keys()];
  }

  at(port: Port): Line[] {
    return [...(this.#byPort.get(port) ?? [])];
  }

  has(line: Line): boolean {
    return this.#lines.has(line);
  }

  add(line: Line): void {
    this.#lines.add(line);
    for (const { port } of line.ends) {
      if (port === undefined) continue;
      const known = this.#byPort.get(port);
      if (known) known.add(line);
      else this.#byPort.set(port, new Set([line]));
    }
  }

  remove(line: Line): void {
    this.#lines.delete(line);
    for (const { port } of line.ends) if (port !== undefined) this.#byPort.get(port)?.delete(line);
  }

  /** Lets a line end elsewhere. */
  move(line: Line, from: End, to: End): void {
    this.remove(line);
    const [a, b] = line.ends;
    if ((a === from ? b : a).device === to.device) return;
    this.add({ ...line, ends: a === from ? [to, b] : [a, to] });
  }

  /** The other ends of the lines at a port, by their device. */
  farDevices(port: Port): Map<Device, End[]> {
    const found = new Map<Device, End[]>();
    for (const { ends } of this.at(port)) {
      const end = ends[0].port === port ? ends[1] : ends[0];
      const known = found.get(end.device);
      if (known) known.push(end);
      else found.set(end.device, [end]);
    }
    return found;
  }
}

/** The end of a line at a port. */
export function nearEnd({ ends: [a, b] }: Line, port: Port): End {
  return a.port === port ? a : b;
}
