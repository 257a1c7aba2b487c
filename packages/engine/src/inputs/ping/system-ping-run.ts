import { runProcess } from '@stratora/runtime';
import { pingUnsendable } from '../../target-words.ts';
import { PROGRAM_ENVIRONMENT } from '../program-environment.ts';
import type { PingSettings } from './ping-options.ts';
import { type PingResult, pingResult } from './ping-result.ts';

/** Thrown when the program cannot ping at all here, whatever the host. */
export class ProberUnusable extends Error {
  override readonly name = 'ProberUnusable';
}

/** Pings one host with the system's own ping. */
export async function runSystemPing(
  command: string,
  host: string,
  settings: PingSettings,
): Promise<PingResult> {
  const seconds = (ms: number) => String(ms / 1000);
  const args = ['-n', '-c', String(settings.count), '-i', seconds(settings.periodMs)];
  args.push('-W', String(Math.max(1, Math.ceil(settings.timeoutMs / 1000))), '-s', String(settings.size));
  if (settings.family !== 0) args.push(`-${settings.family}`);
  if (settings.source !== '') args.push('-I', settings.source);
  const timeoutMs = settings.count * settings.periodMs + settings.timeoutMs + 5_000;
  let finished: Awaited<ReturnType<typeof runProcess>>;
  try {
    finished = await runProcess({ command, args: [...args, host], env: PROGRAM_ENVIRONMENT, timeoutMs });
  } catch (error) {
    throw new ProberUnusable((error as Error).message, { cause: error });
  }
  const text = `${finished.stdout}\n${finished.stderr}`;
  if (/not permitted|permission denied|capabilit/i.test(finished.stderr)) {
    throw new ProberUnusable(finished.stderr.trim());
  }
  return parsePingOutput(text) ?? { kind: 'unsendable', reason: pingUnsendable() };
}

/** Reads what ping of iputils, BSD and BusyBox print; undefined when there is no line of statistics. */
export function parsePingOutput(text: string): PingResult | undefined {
  const counts = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(text);
  if (counts === null) return undefined;
  const sent = Number(counts[1]);
  const received = Number(counts[2]);
  const trips = [...text.matchAll(/\btime[=<](\d+(?:\.\d+)?) ?ms/g)].map((found) => Number(found[1]));
  const ttl = /\b(?:ttl|hlim)=(\d+)/i.exec(text);
  // A duplicate answers twice; it is not a packet more.
  return sent === 0
    ? undefined
    : pingResult(sent, trips.slice(0, Math.min(sent, received)), ttl === null ? undefined : Number(ttl[1]));
}
