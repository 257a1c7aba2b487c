import { runProcess } from '@stratora/runtime';
import { readPingLine } from './fping-lines.ts';
import { FpingProgress } from './fping-progress.ts';

export interface FpingBatch {
  readonly command: string;
  readonly addresses: readonly string[];
  /** Milliseconds from one packet to the next. */
  readonly intervalMs: number;
  /** Wait for an answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once for each address to which a packet was sent and that answered, or did not in time. */
  readonly onOutcome: (address: string, isAnswered: boolean) => void;
}

export interface FpingEnd {
  /** Addresses without an outcome, with the packets that went to them: none where there is no route. */
  readonly open: ReadonlyMap<string, number>;
}

/**
 * Environment of the program: PATH names only where those of the system live, so that what a working directory holds is never
 * started.
 */
const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/sbin:/opt/homebrew/bin',
  LC_ALL: 'C',
};
/** Exit codes of fping that tell of its work: 1 some are silent, 2 some were not found. */
const WORKED = new Set<number | null>([0, 1, 2]);

/** Tells whether there is an fping that can be started. */
export async function hasFping(command: string): Promise<boolean> {
  try {
    await runProcess({ command, args: ['--version'], env: ENVIRONMENT, timeoutMs: 5_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Pings each address once with one fping, their list on its standard input, in its order and pace.
 *
 * @throws when fping cannot be started or cannot work here at all (no permission to open a socket)
 */
export async function runFpingBatch(batch: FpingBatch): Promise<FpingEnd> {
  const open = new Map<string, number>(batch.addresses.map((address) => [address, 0]));
  const progress = new FpingProgress(batch.addresses, { ...batch, startedAt: performance.now() });
  let cutAt: number | undefined;
  const cut = (): void => {
    cutAt = performance.now();
  };
  batch.signal.addEventListener('abort', cut, { once: true });
  const finished = await runProcess({
    command: batch.command,
    args: argumentsOf(batch),
    env: ENVIRONMENT,
    input: `${batch.addresses.join('\n')}\n`,
    timeoutMs: batch.addresses.length * batch.intervalMs + batch.timeoutMs + 30_000,
    signal: batch.signal,
    maxOutputBytes: 64 * 1024,
    onLine: (line, stream) => {
      if (stream === 'stderr') return;
      const outcome = readPingLine(line);
      // A second answer to the same packet finds nothing open.
      if (outcome === undefined || !open.delete(outcome.address)) return;
      if (!outcome.isAnswered) progress.noteSilent(outcome.address, performance.now());
      batch.onOutcome(outcome.address, outcome.isAnswered);
    },
  }).finally(() => batch.signal.removeEventListener('abort', cut));
  const isCut = batch.signal.aborted || finished.timedOut;
  if (!isCut && !WORKED.has(finished.code)) {
    throw new Error(finished.stderr.trim().split('\n')[0] || `fping ended with ${finished.code}`);
  }
  // At a regular end, an address without an outcome had no route.
  const endedAt = cutAt ?? performance.now();
  if (isCut)
    for (const address of open.keys()) open.set(address, progress.mayHaveSent(address, endedAt) ? 1 : 0);
  return { open };
}

function argumentsOf({ intervalMs, timeoutMs }: FpingBatch): string[] {
  return ['-c', '1', '-i', intervalMs.toFixed(3), '-t', String(timeoutMs)];
}
