import { GatherError } from '../../input.ts';
import { BusCallError, type BusConnection } from './bus-connection.ts';
import type { BusValue } from './bus-value.ts';

/** A unit as systemd lists it. */
export interface UnitState {
  readonly name: string;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
}

/** A unit's file: where it lies and whether it is enabled. */
export interface UnitFile {
  readonly path: string;
  readonly state: string;
}

export type UnitProperties = ReadonlyMap<string, BusValue>;

const SYSTEMD = 'org.freedesktop.systemd1';
const MANAGER = { destination: SYSTEMD, path: '/org/freedesktop/systemd1', interface: `${SYSTEMD}.Manager` };
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/** Errors for a name without an owner: systemd does not run here. */
const ABSENT: ReadonlySet<string> = new Set([
  'org.freedesktop.DBus.Error.ServiceUnknown',
  'org.freedesktop.DBus.Error.NameHasNoOwner',
  'org.freedesktop.DBus.Error.Spawn.ServiceNotFound',
]);

/** The calls to systemd (org.freedesktop.systemd1(5)). None of them changes anything. */
export class SystemdManager {
  readonly #bus: BusConnection;

  constructor(bus: BusConnection) {
    this.#bus = bus;
  }

  /** Lists every unit that is loaded. */
  async listUnits(signal: AbortSignal): Promise<UnitState[]> {
    return unitStates(await this.#ask('ListUnits', [], signal));
  }

  /** Lists these units, loaded or not. */
  async listUnitsByNames(names: readonly string[], signal: AbortSignal): Promise<UnitState[]> {
    return unitStates(await this.#ask('ListUnitsByNames', [names], signal));
  }

  /** Lists files in one of these states whose names match one of these patterns. */
  async listUnitFiles(
    states: readonly string[],
    patterns: readonly string[],
    signal: AbortSignal,
  ): Promise<UnitFile[]> {
    const rows = await this.#ask('ListUnitFilesByPatterns', [states, patterns], signal);
    return rowsOf(rows).map(([path = '', state = '']) => ({ path, state }));
  }

  /**
   * Reads the properties of a unit under one interface: `org.freedesktop.systemd1.Unit`, or that of its kind.
   *
   * @throws BusCallError, for one when the unit has no such interface
   */
  async properties(unit: string, kind: string, signal: AbortSignal): Promise<UnitProperties> {
    const path = `${MANAGER.path}/unit/${escapeUnit(unit)}`;
    const call = { destination: SYSTEMD, path, interface: PROPERTIES, member: 'GetAll' };
    const [found] = await this.#bus.call({ ...call, arguments: [`${SYSTEMD}.${kind}`] }, signal);
    if (!(found instanceof Map)) throw new GatherError('bad_answer', `${unit} has no properties.`);
    return found as UnitProperties;
  }

  async #ask(member: string, values: readonly (readonly string[])[], signal: AbortSignal): Promise<BusValue> {
    try {
      const [answer] = await this.#bus.call({ ...MANAGER, member, arguments: values }, signal);
      return answer ?? [];
    } catch (error) {
      if (!(error instanceof BusCallError)) throw error;
      if (ABSENT.has(error.errorName)) {
        throw new GatherError('refused', 'systemd does not run on this host.', { cause: error });
      }
      const status = error.errorName.endsWith('.AccessDenied') ? 'auth' : 'bad_answer';
      throw new GatherError(status, `systemd refuses ${member}.`, { cause: error });
    }
  }
}

function rowsOf(answer: BusValue): readonly (readonly string[])[] {
  return Array.isArray(answer) ? (answer as readonly (readonly string[])[]) : [];
}

/** Reads units from `a(ssssssouso)`: name, description, load, active, sub, and five more. */
function unitStates(answer: BusValue): UnitState[] {
  return rowsOf(answer).map(([name = '', , load = '', active = '', sub = '']) => ({
    name,
    load,
    active,
    sub,
  }));
}

/**
 * Escapes a unit's name as systemd names its object: all but letters and digits as `_` and two hex digits, a leading
 * digit too.
 */
function escapeUnit(name: string): string {
  if (name === '') return '_';
  return [...Buffer.from(name, 'utf8')]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const isPlain = index === 0 ? /[A-Za-z]/.test(character) : /[A-Za-z0-9]/.test(character);
      return isPlain ? character : `_${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
