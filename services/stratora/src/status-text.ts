import type { StatusAnswer } from '@stratora/component';

type Status = NonNullable<StatusAnswer['status']>;

/** Renders `collector status` for people: its identity, its connection to the server, its queue, and its faults. */
export function statusText(type: string, { running, status }: StatusAnswer, now: number): string {
  if (!status) return `No ${type} has run on this state directory yet.\n`;
  const name = status.component_id === null ? type : `${type} ${status.component_id}`;
  const lead = running
    ? `${name} is running: process ${status.pid}, version ${status.version}, since ${status.started_at}.`
    : `${name} is not running. This is what it last said, ${ago(status.updated_at, now)}.`;
  const rows: [string, string][] = [
    ['server', `${status.server_url}${status.proxy === null ? '' : ` by the proxy ${status.proxy}`}`],
    ['connection', `${status.connection.message}, since ${status.connection.since}`],
    ['config', configText(status)],
    ['engine', engineText(status)],
    ['queue', queueText(status, now)],
    ['sent', sentText(status, now)],
    ['clock', clockText(status)],
    ...outageRows(status),
  ];
  return `${lead}\n${rows.map(([label, text]) => `  ${label.padEnd(12)}${text}\n`).join('')}`;
}

function configText({ config }: Status): string {
  if (config.running_hash === null) return 'none yet';
  const short = config.running_hash.slice(0, 12);
  const trouble = config.message ? `: ${config.message}` : '';
  return `${short} runs; the last one from the server: ${config.status ?? 'unknown'}${trouble}`;
}

function engineText({ engine }: Status): string {
  const { kind, version, running, exits, crash_loop: isLoop } = engine;
  const ends = exits === 0 ? '' : `, ended by itself ${exits} times`;
  return `${kind} ${version}, ${running ? 'running' : 'not running'}${ends}${isLoop ? ', crashes again and again' : ''}`;
}

function queueText({ spool, quarantined_lines: quarantined }: Status, now: number): string {
  const { pendingBytes, oldestAt, droppedLines } = spool;
  const age = oldestAt === undefined ? '' : `, the oldest ${span(now - oldestAt)} old`;
  const lost = droppedLines === 0 ? '' : `; ${droppedLines} lines given up at its bound`;
  const set = quarantined === 0 ? '' : `; ${quarantined} lines set aside that the server cannot read`;
  return `${pendingBytes === 0 ? 'empty' : `${bytes(pendingBytes)} wait${age}`}${lost}${set}`;
}

function sentText({ lanes }: Status, now: number): string {
  const both = [lanes.live, lanes.backlog];
  const lines = both.reduce((sum, { sentLines }) => sum + sentLines, 0);
  const refused = both.reduce((sum, { rejectedLines }) => sum + rejectedLines, 0);
  const last = Math.max(...both.map(({ lastSuccessAt }) => lastSuccessAt ?? 0));
  const when = last === 0 ? '' : `, the last ${span(now - last)} ago`;
  const problem = both.find((lane) => lane.problem !== undefined)?.problem;
  return [
    `${lines} lines${when}`,
    ...(refused === 0
      ? []
      : [
          `${refused} of them not taken by the server: too far ahead in time, malformed or of a foreign node`,
        ]),
    ...(problem === undefined ? [] : [`the last try failed: ${problem}`]),
  ].join('; ');
}

/** Seconds ahead beyond which samples are dropped by the server. */
const DROPPED_AHEAD_SECONDS = 600;
const FLAGGED_SECONDS = 30;

function clockText({ clock_skew_seconds: skew }: Status): string {
  if (skew === null) return 'not compared with the server yet';
  const off = `${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} the server`;
  if (skew > DROPPED_AHEAD_SECONDS)
    return `${off}: the server drops what it gathers. Set the clock of this host.`;
  return Math.abs(skew) > FLAGGED_SECONDS ? `${off}. Set the clock of this host.` : off;
}

/** A row on whom a collector tells when the server is away; none where it tells nobody. */
function outageRows({ outage_notice: notice }: Partial<Status>): [string, string][] {
  if (!notice) return [];
  const { after_seconds: seconds, channels } = notice;
  return [['outages', `told after ${span(seconds * 1000)} without the server, by ${channels.join(', ')}`]];
}

function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${(count / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

function ago(time: string, now: number): string {
  return `${span(now - Date.parse(time))} ago`;
}

function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
