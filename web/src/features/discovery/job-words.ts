import type { DiscoveryJob, DiscoveryPhase, DiscoveryRun, DiscoveryStatus } from '@stratora/contract';
import { recurrenceWords } from '../../domain/recurrence-words.ts';
import { daysWords } from '../../domain/weekdays.ts';
import { formatCount, plural } from '../../ui/format/units.ts';
import type { Tone } from '../../ui/tone.tsx';

const STATUS_WORDS: Readonly<Record<DiscoveryStatus, { readonly label: string; readonly tone: Tone }>> = {
  queued: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Scanning', tone: 'info' },
  done: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'warn' },
};

/** The state of a job in a word, with its tone; one that never ran is neither done nor failed. */
export function jobState({ status, run }: Pick<DiscoveryJob, 'status' | 'run'>): {
  readonly label: string;
  readonly tone: Tone;
} {
  return run === null && status === 'done' ? { label: 'Not run yet', tone: 'neutral' } : STATUS_WORDS[status];
}

export function runState({ status }: Pick<DiscoveryRun, 'status'>) {
  return STATUS_WORDS[status];
}

export function isUnderWay(status: DiscoveryStatus): boolean {
  return status === 'queued' || status === 'running';
}

const PHASE_WORDS: Readonly<Record<DiscoveryPhase, string>> = {
  ping: 'Ping',
  tcp: 'TCP ports',
  snmp: 'SNMP',
  http: 'Web pages',
  dns: 'Names',
  identify: 'What each of them is',
  crawl: 'Along the neighbours',
};

export function phaseName(phase: DiscoveryPhase): string {
  return PHASE_WORDS[phase];
}

/** How many targets are named before the rest is counted. */
const TARGETS_NAMED = 3;

/** Says what a job scans: "10.0.0.0/24, 10.1.0.7 and 3 more". */
export function targetWords({ targets, crawl }: Pick<DiscoveryJob, 'targets' | 'crawl'>): string {
  if (crawl !== null) {
    return `From ${crawl.seed} along its neighbours, ${plural(crawl.depth, 'step')} far, within ${some(crawl.fence)}`;
  }
  return some(targets);
}

function some(texts: readonly string[]): string {
  const more = texts.length - TARGETS_NAMED;
  const named = texts.slice(0, TARGETS_NAMED).join(', ');
  return more > 0 ? `${named} and ${formatCount(more)} more` : named;
}

/** Who scans. */
export function scannerName({
  collector_id: id,
  collector_name: name,
}: Pick<DiscoveryJob, 'collector_id' | 'collector_name'>): string {
  return id === null ? 'The server' : (name ?? 'A collector that is gone');
}

/** Says when a job runs by itself: "every week on Sun"; "only when asked". */
export function scheduleWords({ schedule }: Pick<DiscoveryJob, 'schedule'>): string {
  return schedule === null ? 'only when asked' : recurrenceWords(schedule.rrule);
}

/** Says in which hours a scan may send. */
export function hoursWords({ hours }: DiscoveryJob['options']): string {
  if (hours === null) return 'at any time';
  return `${daysWords(hours.days)}, ${hours.from} to ${hours.to} (${hours.timezone})`;
}

/** Says what a run changed: "58 new, 2 changed"; "nothing changed". */
export function changeWords({ changes }: Pick<DiscoveryRun, 'changes'>): string {
  const parts = [
    changes.new > 0 && `${formatCount(changes.new)} new`,
    changes.changed > 0 && `${formatCount(changes.changed)} changed`,
    changes.gone > 0 && `${formatCount(changes.gone)} gone`,
    changes.back > 0 && `${formatCount(changes.back)} back`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}

const TRIGGER_WORDS: Readonly<Record<DiscoveryRun['trigger'], string>> = {
  created: 'with the job',
  rerun: 'by hand',
  schedule: 'by its schedule',
};

export function triggerWords(trigger: DiscoveryRun['trigger']): string {
  return TRIGGER_WORDS[trigger];
}

const PACKET_WORDS: Readonly<Record<string, string>> = {
  icmp_echo: 'Ping',
  tcp_syn: 'TCP connection',
  http_request: 'Web request',
  dns_query: 'DNS query',
  arp_lookup: 'ARP look-up',
};
const SNMP_PURPOSES: Readonly<Record<string, string>> = {
  probe: 'first question',
  discovery: 'discovery of the engine',
  login: 'login',
  read: 'reads',
  get: 'GET',
  getnext: 'GETNEXT',
  getbulk: 'GETBULK',
};

/** Names a kind of packet; one that is not known here by its own name. */
export function packetKindName(kind: string): string {
  const port = /^tcp_(\d+)$/.exec(kind)?.[1];
  if (port !== undefined) return `TCP to port ${port}`;
  const [, version, purpose = ''] = /^snmp(?:_(v\w+))?_([a-z]+)$/.exec(kind) ?? [];
  const named = Object.hasOwn(SNMP_PURPOSES, purpose) ? SNMP_PURPOSES[purpose] : undefined;
  if (named !== undefined) return ['SNMP', version, named].filter(Boolean).join(' ');
  return PACKET_WORDS[kind] ?? kind.replaceAll('_', ' ');
}
