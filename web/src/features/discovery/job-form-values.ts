import type { CreateDiscoveryJob, DiscoveryJob, DiscoveryOptions, Weekday } from '@stratora/contract';
import { planTargets } from '@stratora/contract/discovery-target';
import { ONCE, type Recurrence, readRule, writeRule } from '../../domain/recurrence.ts';
import { WEEKDAY_ORDER } from '../../domain/weekdays.ts';
import { browserZone, readZoneField, toZoneField } from '../../ui/format/zone-time.ts';
import { PACE_LIMITS, type Pace, paceOf } from './pace-choice.ts';

/** The fields of the form. Numbers are text, as people type them; lists are text with one a line. */
export interface JobFormValues {
  readonly name: string;
  readonly kind: 'addresses' | 'neighbours';
  readonly targets: string;
  readonly crawl: {
    readonly seed: string;
    readonly fence: string;
    readonly depth: string;
    readonly devices_max: string;
  };
  readonly credential_ids: readonly string[];
  /** Empty: the server. */
  readonly collector_id: string;
  /** Empty: none is named. */
  readonly site_id: string;
  readonly pace: Pace;
  readonly options: OptionValues;
  readonly hours_on: boolean;
  readonly hours: {
    readonly days: readonly Weekday[];
    readonly from: string;
    readonly to: string;
    readonly timezone: string;
  };
  readonly rrule: Recurrence;
  /** The first time by the schedule, as the clocks of `timezone` show it. */
  readonly starts_at: string;
  readonly timezone: string;
  readonly start: boolean;
}

interface OptionValues {
  /** Empty: as the pace says, like the next. */
  readonly packets_per_second: string;
  readonly host_packets_per_second: string;
  readonly exclude: string;
  readonly ping: boolean;
  readonly tcp: boolean;
  readonly tcp_ports: string;
  readonly snmp: boolean;
  readonly snmp_port: string;
  readonly http: boolean;
  readonly dns: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The hour of the night at which a schedule begins where nobody says otherwise. */
const NIGHT_HOUR = 2;

/** The next night in a zone, as a field of the type `datetime-local`. */
function nextNight(nowMs: number, zone: string): string {
  const today = toZoneField(nowMs, zone).slice(0, 10);
  const night = Date.parse(`${today}T00:00:00Z`) + DAY_MS + NIGHT_HOUR * HOUR_MS;
  return new Date(night).toISOString().slice(0, 16);
}

/** The start of the form of a new job. */
export function emptyJobForm(nowMs: number): JobFormValues {
  const zone = browserZone();
  return {
    name: '',
    kind: 'addresses',
    targets: '',
    crawl: { seed: '', fence: '', depth: '8', devices_max: '1000' },
    credential_ids: [],
    collector_id: '',
    site_id: '',
    pace: 'normal',
    options: {
      packets_per_second: '',
      host_packets_per_second: '',
      exclude: '',
      ping: true,
      tcp: true,
      tcp_ports: '',
      snmp: true,
      snmp_port: '161',
      http: true,
      dns: true,
    },
    hours_on: false,
    hours: { days: WEEKDAY_ORDER, from: '22:00', to: '05:00', timezone: zone },
    rrule: ONCE,
    starts_at: nextNight(nowMs, zone),
    timezone: zone,
    start: true,
  };
}

/** The start of the form of a job that is there. */
export function toJobForm(job: DiscoveryJob, nowMs: number): JobFormValues {
  const empty = emptyJobForm(nowMs);
  const { options, crawl, schedule } = job;
  const zone = schedule?.timezone ?? empty.timezone;
  return {
    ...empty,
    name: job.name,
    kind: crawl === null ? 'addresses' : 'neighbours',
    targets: job.targets.join('\n'),
    crawl:
      crawl === null
        ? empty.crawl
        : {
            seed: crawl.seed,
            fence: crawl.fence.join('\n'),
            depth: String(crawl.depth),
            devices_max: String(crawl.devices_max),
          },
    credential_ids: job.credential_ids,
    collector_id: job.collector_id ?? '',
    site_id: job.site_id ?? '',
    pace: paceOf(options),
    options: toOptionValues(options),
    hours_on: options.hours !== null,
    hours: options.hours ?? empty.hours,
    rrule: readRule(schedule?.rrule ?? null),
    starts_at:
      schedule?.starts_at === undefined
        ? nextNight(nowMs, zone)
        : toZoneField(Date.parse(schedule.starts_at), zone),
    timezone: zone,
  };
}

function toOptionValues(options: DiscoveryOptions): OptionValues {
  const limits = PACE_LIMITS[paceOf(options)];
  const number = (value: number | null, usual: number) =>
    value === null || value === usual ? '' : String(value);
  return {
    packets_per_second: number(options.packets_per_second, limits.all),
    host_packets_per_second: number(options.host_packets_per_second, limits.host),
    exclude: options.exclude.join('\n'),
    ping: options.ping,
    tcp: options.tcp !== false,
    tcp_ports: options.tcp_ports?.join(', ') ?? '',
    snmp: options.snmp,
    snmp_port: String(options.snmp_port),
    http: options.http !== false,
    dns: options.dns,
  };
}

/** The entries of a field in which each line, comma or space begins a new one; blanks around a dash do not. */
export function readEntries(text: string): readonly string[] {
  return text
    .replaceAll(/\s*[-–]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((entry) => entry !== '');
}

/** What is typed, counted: addresses, and what is wrong with which entry. */
export interface CountedTargets {
  /** Addresses to be scanned, without those that are left out. */
  readonly addresses: bigint;
  readonly faults: { readonly targets: readonly EntryFault[]; readonly exclude: readonly EntryFault[] };
}

export interface EntryFault {
  readonly entry: string;
  readonly message: string;
}

export function countTargets(targets: string, exclude: string): CountedTargets {
  const entries = { targets: readEntries(targets), exclude: readEntries(exclude) };
  const { addresses, faults } = planTargets(entries.targets, entries.exclude);
  const of = (list: 'targets' | 'exclude') =>
    faults
      .filter((fault) => fault.list === list)
      .map(({ at, message }) => ({ entry: entries[list][at] ?? '', message }));
  return { addresses, faults: { targets: of('targets'), exclude: of('exclude') } };
}

/** Pace, phases and hours as the API takes them. What the pace decides is left to the server. */
export function toOptions(values: JobFormValues): DiscoveryOptions {
  const { options, pace, hours, hours_on: hasHours } = values;
  const isSafe = pace === 'ot_safe';
  const limits = PACE_LIMITS[pace];
  const number = (text: string, usual: number) => {
    if (text.trim() !== '') return Number(text);
    return pace === 'gentle' ? usual : null;
  };
  const ports = readEntries(options.tcp_ports).map(Number);
  return {
    ping: options.ping,
    tcp: isSafe || !options.tcp ? false : null,
    tcp_ports: isSafe || !options.tcp || ports.length === 0 ? null : ports,
    snmp: options.snmp,
    snmp_port: Number(options.snmp_port),
    http: isSafe || !options.http ? false : null,
    dns: options.dns,
    packets_per_second: number(options.packets_per_second, limits.all),
    host_packets_per_second: number(options.host_packets_per_second, limits.host),
    ot_safe: isSafe,
    exclude: [...readEntries(options.exclude)],
    hours: hasHours ? { ...hours, days: [...hours.days], timezone: hours.timezone.trim() } : null,
  };
}

function toSchedule(values: JobFormValues): CreateDiscoveryJob['schedule'] {
  const rrule = writeRule(values.rrule);
  if (rrule === null) return null;
  const timezone = values.timezone.trim();
  const begin = readZoneField(values.starts_at, timezone);
  return { rrule, timezone, ...(begin === undefined ? {} : { starts_at: new Date(begin).toISOString() }) };
}

/** The name of a job that nobody named: what it scans. */
export function suggestName({ kind, targets, crawl }: JobFormValues): string {
  if (kind === 'neighbours') return `Neighbours of ${crawl.seed.trim()}`.slice(0, 200);
  const [first = '', ...more] = readEntries(targets);
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** The body to send. */
export function toJobBody(values: JobFormValues): Omit<CreateDiscoveryJob, 'start'> {
  const { kind, crawl } = values;
  const isCrawl = kind === 'neighbours';
  return {
    name: values.name.trim() === '' ? suggestName(values) : values.name.trim(),
    targets: isCrawl ? [] : [...readEntries(values.targets)],
    crawl: isCrawl
      ? {
          seed: crawl.seed.trim(),
          fence: [...readEntries(crawl.fence)],
          depth: Number(crawl.depth),
          devices_max: Number(crawl.devices_max),
        }
      : null,
    collector_id: values.collector_id === '' ? null : values.collector_id,
    site_id: values.site_id === '' ? null : values.site_id,
    credential_ids: [...values.credential_ids],
    options: toOptions(values),
    schedule: toSchedule(values),
  };
}
