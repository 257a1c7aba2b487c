import { isIP } from 'node:net';
import { runProcess } from '@stratora/runtime';
import { pingUnsendable } from '../../target-words.ts';
import { PROGRAM_ENVIRONMENT } from '../program-environment.ts';
import type { PingSettings } from './ping-options.ts';
import { type PingResult, pingResult } from './ping-result.ts';

/** Most hosts of one process, which sends a packet a millisecond at most: more would stretch the period. */
export const MAX_HOSTS_PER_RUN = 1_000;

/** First version of fping that can show the time to live of an answer. */
const TTL_SINCE = 5.2;

/** Reads the version of an fping as a number; undefined when there is none that can be started. */
export async function readFpingVersion(command: string): Promise<number | undefined> {
  try {
    const { stdout } = await runProcess({
      command,
      args: ['--version'],
      env: PROGRAM_ENVIRONMENT,
      timeoutMs: 5_000,
    });
    const version = /Version (\d+\.\d+)/.exec(stdout);
    return version === null ? 0 : Number(version[1]);
  } catch {
    return undefined;
  }
}

export interface FpingRun {
  readonly command: string;
  readonly version: number;
  readonly hosts: readonly string[];
  readonly settings: PingSettings;
}

/**
 * Pings up to `MAX_HOSTS_PER_RUN` hosts with one fping, their addresses on its standard input.
 *
 * @returns a result for every host
 * @throws when fping cannot work here at all (no permission to open the socket)
 */
export async function runFping(run: FpingRun): Promise<Map<string, PingResult>> {
  const { settings, hosts } = run;
  const showsTtl = run.version >= TTL_SINCE;
  const rounds = settings.count * Math.max(settings.periodMs, hosts.length);
  const finished = await runProcess({
    command: run.command,
    args: argumentsOf(settings, showsTtl),
    env: PROGRAM_ENVIRONMENT,
    input: `${hosts.join('\n')}\n`,
    timeoutMs: rounds + settings.timeoutMs + 15_000,
  });
  const answers = parseSummary(finished.stderr);
  // 3 is a wrong option and 4 a failed system call: no socket.
  if (answers.size === 0 && finished.code !== 0 && finished.code !== 1 && finished.code !== 2) {
    throw new Error(finished.stderr.trim() || `fping ended with ${finished.code ?? finished.signal}`);
  }
  const ttls = showsTtl ? parseTtls(finished.stdout) : new Map<string, number>();
  return new Map(
    hosts.map((host) => {
      const trips = answers.get(host);
      const result: PingResult =
        trips === undefined
          ? { kind: 'unsendable', reason: unsendableReason(host, settings) }
          : pingResult(settings.count, trips, ttls.get(host));
      return [host, result];
    }),
  );
}

function argumentsOf(settings: PingSettings, showsTtl: boolean): string[] {
  const args = ['-C', String(settings.count), '-i', '1', '-p', String(settings.periodMs)];
  args.push('-t', String(settings.timeoutMs), '-b', String(settings.size));
  args.push(showsTtl ? '--print-ttl' : '-q');
  if (settings.family !== 0) args.push(`-${settings.family}`);
  if (settings.source !== '') args.push(isIP(settings.source) === 0 ? '-I' : '-S', settings.source);
  return args;
}

/** Parses the summary on standard error: `host : 0.12 - 0.15`, a dash for each packet that did not come back. */
function parseSummary(stderr: string): Map<string, number[]> {
  const answers = new Map<string, number[]>();
  for (const line of stderr.split('\n')) {
    const found = /^(\S+)\s+:((?: (?:-|\d+(?:\.\d+)?))+)$/.exec(line.trimEnd());
    if (found === null) continue;
    const [, host = '', values = ''] = found;
    answers.set(
      host,
      values
        .trim()
        .split(' ')
        .filter((value) => value !== '-')
        .map(Number),
    );
  }
  return answers;
}

function parseTtls(stdout: string): Map<string, number> {
  const ttls = new Map<string, number>();
  for (const line of stdout.split('\n')) {
    const found = /^(\S+)\s+: \[\d+\].*\bTTL[ =](\d+)/i.exec(line);
    if (found !== null && !ttls.has(found[1] ?? '')) ttls.set(found[1] ?? '', Number(found[2]));
  }
  return ttls;
}

function unsendableReason(host: string, settings: PingSettings): string {
  const isOther = settings.family !== 0 && (host.includes(':') ? 6 : 4) !== settings.family;
  return isOther ? `The address is not IPv${settings.family}.` : pingUnsendable();
}
