import type { OutageEvent } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import type { SpoolState } from '../spool/spool-state.ts';
import type { SiteView } from './site-view.ts';

/** What a message of a collector is made of. */
export interface OutageMessageFacts {
  event: OutageEvent;
  outageId: string;
  collector: { id: string; name: string };
  /** The host that the collector runs on. */
  hostname: string;
  /** The address by which the collector reaches the server, and the one by which people do. */
  serverUrl: string;
  serverOrigin: string;
  /** When the server was last heard, RFC 3339. */
  since: string;
  /** Seconds of the outage so far, or in all. */
  seconds: number;
  lastError: string;
  site: SiteView;
  queue: Pick<SpoolState, 'pendingBytes' | 'oldestAt' | 'droppedLines'>;
  now: Date;
}

/** A message in the words of its channels. */
export interface OutageMessage {
  title: string;
  text: string;
  /** Body of a webhook. */
  body: Record<string, unknown>;
}

/** Most nodes that a mail, and that a webhook's body names. */
const MAIL_NODES = 50;
const BODY_NODES = 500;
const LINE_MAX_BYTES = 500;

/** Words a message. Texts of devices and hosts in it are lines without control characters. */
export function wordOutage(facts: OutageMessageFacts): OutageMessage {
  const title = line(titleOf(facts));
  const lines = [title, '', reasonOf(facts), ...(facts.event === 'back' ? [] : seenOf(facts))];
  return { title, text: `${lines.map(indentedLine).join('\n')}\n`, body: bodyOf(facts, title) };
}

function titleOf({ event, collector, seconds }: OutageMessageFacts): string {
  const lasted = durationWords(seconds);
  switch (event) {
    case 'away':
      return `${collector.name}: the Stratora server has not answered for ${lasted}`;
    case 'still_away':
      return `${collector.name}: the Stratora server still does not answer, for ${lasted} now`;
    case 'back':
      return `${collector.name}: the Stratora server answers again, after ${lasted}`;
  }
}

function reasonOf({ event, since, serverUrl, serverOrigin }: OutageMessageFacts): string {
  if (event === 'back') {
    return `The server was last heard at ${timeWords(since)}, and answers again. What was gathered meanwhile is being sent to it. See ${serverOrigin}`;
  }
  return `It was last heard at ${timeWords(since)}, at ${serverUrl}. While it is away it tells nobody of alerts: this message comes from the collector itself.`;
}

/** Says what the collector sees, beside that the server is away. */
function seenOf(facts: OutageMessageFacts): string[] {
  const { lastError, hostname, site } = facts;
  const listed = site.silent.slice(0, MAIL_NODES);
  const left = site.silent.length - listed.length;
  return [
    '',
    `Last error: ${lastError === '' ? 'none that is known' : lastError}`,
    `Nodes: ${siteWords(site)}`,
    ...listed.map(({ name, message }) => `  - ${name}${message === '' ? '' : ` (${message})`}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
    `Kept for the server: ${queueWords(facts.queue)}`,
    `Host of the collector: ${hostname}`,
  ];
}

function siteWords({ total, answering, troubled, unknown, silent }: SiteView): string {
  if (total === 0) return 'this collector polls none.';
  const parts = [
    `${answering} of ${total} answer as last polled`,
    ...(troubled > 0 ? [`${troubled} of them with trouble`] : []),
    ...(unknown > 0 ? [`${unknown} not polled yet since the collector was started`] : []),
  ];
  const rest = silent.length === 0 ? '.' : `. ${silent.length} ${plural(silent.length)} not answer:`;
  return `${parts.join(', ')}${rest}`;
}

function plural(count: number): string {
  return count === 1 ? 'does' : 'do';
}

function queueWords({ pendingBytes, oldestAt, droppedLines }: OutageMessageFacts['queue']): string {
  const lost =
    droppedLines === 0 ? '' : `; ${droppedLines} samples had to be given up since the queue exists`;
  if (pendingBytes === 0 || oldestAt === undefined) return `nothing${lost}`;
  return `${sizeWords(pendingBytes)}, the oldest from ${timeWords(new Date(oldestAt).toISOString())}${lost}`;
}

function bodyOf(facts: OutageMessageFacts, title: string): Record<string, unknown> {
  const { event, outageId, collector, site, queue, now } = facts;
  const isOver = event === 'back';
  const silent = site.silent.slice(0, BODY_NODES);
  return {
    type: isOver ? 'server_back' : 'server_away',
    source: 'stratora',
    timestamp: now.toISOString(),
    severity: isOver ? null : 'critical',
    summary: title,
    description: line(reasonOf(facts)),
    triggered_at: facts.since,
    ...(isOver ? { resolved_at: now.toISOString(), duration: facts.seconds } : {}),
    details: {
      event,
      outage_id: outageId,
      collector: { ...collector, hostname: facts.hostname },
      server_url: facts.serverUrl,
      since: facts.since,
      seconds: facts.seconds,
      last_error: line(facts.lastError),
      nodes: {
        total: site.total,
        answering: site.answering,
        troubled: site.troubled,
        unknown: site.unknown,
        silent_count: site.silent.length,
        silent: silent.map(({ id, name, message }) => ({ id, name: line(name), message: line(message) })),
      },
      queue: {
        bytes: queue.pendingBytes,
        oldest: queue.oldestAt === undefined ? null : new Date(queue.oldestAt).toISOString(),
        dropped: queue.droppedLines,
      },
    },
  };
}

function line(text: string): string {
  return sanitizeText(text.replaceAll('\t', ' '), LINE_MAX_BYTES);
}

/** Keeps the spaces before a line of a list. */
function indentedLine(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? '';
  return `${indent}${line(text)}`;
}

function timeWords(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}

/** Writes a duration with its two largest units. */
export function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  const shown = units.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
