import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type FieldValue,
  GatherError,
  type Input,
  type InputContext,
  type InputPlugin,
  type Sink,
} from '../../input.ts';
import { busSocketPath } from './bus-address.ts';
import { BusCallError, BusConnection } from './bus-connection.ts';
import type { BusValue } from './bus-value.ts';
import { SystemdManager, type UnitProperties, type UnitState } from './systemd-manager.ts';
import { parseSystemdOptions, type SystemdOptions } from './systemd-options.ts';
import { listWanted } from './unit-listing.ts';
import { ACTIVE_CODES, LOAD_CODES, SUB_CODES } from './unit-states.ts';

/** Most calls under way at once: a host with a thousand units answers two thousand of them. */
const PARALLEL_CALLS = 16;
const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;

/** Field by property of the unit's kind; absent ones are left out. */
const PLAIN_FIELDS: readonly (readonly [string, string])[] = [
  ['status_errno', 'StatusErrno'],
  ['restarts', 'NRestarts'],
  ['pid', 'MainPID'],
];
/** Fields in bytes; 0 where they are not accounted for. */
const MEMORY_FIELDS: readonly (readonly [string, string])[] = [
  ['mem_current', 'MemoryCurrent'],
  ['mem_peak', 'MemoryPeak'],
  ['mem_avail', 'MemoryAvailable'],
  ['swap_current', 'MemorySwapCurrent'],
  ['swap_peak', 'MemorySwapPeak'],
];
/** Properties of units whose kind cannot be asked: most are disabled ones of several instances. */
const NO_PROPERTIES: UnitProperties = new Map<string, BusValue>([
  ['StatusErrno', -1],
  ['NRestarts', 0],
]);

export const plugin: InputPlugin<SystemdOptions> = {
  name: 'systemd_units',
  parse: parseSystemdOptions,
  create: (options, context): Input => {
    const systemd = new SystemdManager(systemBus(context));
    return { gather: (sink, signal) => gatherInTime({ options, context, systemd }, sink, signal) };
  },
};

interface UnitGatherer {
  readonly options: SystemdOptions;
  readonly context: InputContext;
  readonly systemd: SystemdManager;
}

function systemBus({ services, host }: InputContext): BusConnection {
  const address = host.systemBus ?? `unix:path=${host.run}/dbus/system_bus_socket`;
  return services.get(
    'systemd.bus',
    () => new BusConnection(busSocketPath(address) ?? '', process.getuid?.() ?? 0),
  );
}

async function gatherInTime(gatherer: UnitGatherer, sink: Sink, signal: AbortSignal): Promise<void> {
  const { timeoutMs } = gatherer.options;
  const { clock } = gatherer.context;
  const late = new AbortController();
  const timer = clock.setTimeout(
    () => late.abort(new GatherError('timeout', `systemd did not answer within ${timeoutMs / 1000} s.`)),
    timeoutMs,
  );
  try {
    await gatherUnits(gatherer, sink, AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (!isRefusal(error) || (await runsSystemd(gatherer.context))) throw error;
    gatherer.context.reportStatus('ok', 'systemd does not run on this host.');
  } finally {
    clock.clearTimeout(timer);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof GatherError && error.status === 'refused';
}

/**
 * True when systemd runs the host, as sd_booted(3) finds it: a host that runs something else has no units, and nothing
 * is wrong with it.
 */
async function runsSystemd({ host }: InputContext): Promise<boolean> {
  return access(join(host.run, 'systemd/system')).then(
    () => true,
    () => false,
  );
}

async function gatherUnits(gatherer: UnitGatherer, sink: Sink, signal: AbortSignal): Promise<void> {
  const { options, context, systemd } = gatherer;
  const suffix = `.${options.unitType}`;
  const units = (await listWanted(systemd, options, signal)).filter(({ name }) => name.endsWith(suffix));
  const unknown: string[] = [];
  const queue = units.values();
  const work = async (): Promise<void> => {
    for (const unit of queue) {
      const codes = codesOf(unit);
      if (codes === undefined) unknown.push(`${unit.name} is ${unit.load}, ${unit.active}, ${unit.sub}`);
      else if (options.withDetails) await addDetailed(gatherer, { unit, codes, sink }, signal);
      else sink.metric('systemd_units', tagsOf(unit), codes);
    }
  };
  await Promise.all(Array.from({ length: options.withDetails ? PARALLEL_CALLS : 1 }, work));
  if (unknown.length > 0) {
    context.reportStatus(
      'bad_answer',
      `There are states that are not known: ${unknown.slice(0, 3).join('; ')}.`,
    );
  }
}

type Codes = Readonly<Record<'load_code' | 'active_code' | 'sub_code', bigint>>;

function codesOf({ load, active, sub }: UnitState): Codes | undefined {
  const loadCode = LOAD_CODES.get(load);
  const activeCode = ACTIVE_CODES.get(active);
  const subCode = SUB_CODES.get(sub);
  if (loadCode === undefined || activeCode === undefined || subCode === undefined) return undefined;
  return { load_code: BigInt(loadCode), active_code: BigInt(activeCode), sub_code: BigInt(subCode) };
}

function tagsOf({ name, load, active, sub }: UnitState): Record<string, string> {
  return { name, load, active, sub };
}

async function addDetailed(
  { options, systemd }: UnitGatherer,
  { unit, codes, sink }: { unit: UnitState; codes: Codes; sink: Sink },
  signal: AbortSignal,
): Promise<void> {
  const kind = options.unitType.charAt(0).toUpperCase() + options.unitType.slice(1);
  const own = await systemd.properties(unit.name, kind, signal).catch((error: unknown) => {
    if (!(error instanceof BusCallError)) throw error;
    return /Unknown interface/.test(error.message) ? undefined : NO_PROPERTIES;
  });
  // The unit is of another kind than its name says.
  if (own === undefined) return;
  const general = await systemd.properties(unit.name, 'Unit', signal).catch((error: unknown) => {
    if (!(error instanceof BusCallError)) throw error;
    return new Map<string, BusValue>();
  });
  const fields: Record<string, FieldValue> = { ...codes };
  fields['active_enter_timestamp_us'] = whole(general.get('ActiveEnterTimestamp'));
  for (const [field, property] of PLAIN_FIELDS) fields[field] = whole(own.get(property));
  for (const [field, property] of MEMORY_FIELDS) {
    const value = own.get(property);
    fields[field] = value === undefined || value === MAX_UINT64 ? 0n : whole(value);
  }
  const tags = {
    ...tagsOf(unit),
    state: text(general, 'UnitFileState'),
    preset: text(general, 'UnitFilePreset'),
  };
  sink.metric('systemd_units', tags, fields);
}

function whole(value: BusValue | undefined): bigint | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const number = BigInt(value);
  return number > MAX_INT64 ? MAX_INT64 : number;
}

function text(properties: UnitProperties, name: string): string | undefined {
  const value = properties.get(name);
  return typeof value === 'string' ? value : undefined;
}
