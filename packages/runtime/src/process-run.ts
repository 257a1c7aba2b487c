import { type ChildProcess, spawn } from 'node:child_process';
import { onLines } from './process-lines.ts';

export interface RunOptions {
  command: string;
  args: readonly string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Input written to standard input, which is then closed. */
  input?: string | Uint8Array;
  timeoutMs: number;
  /** Called for each line of either stream as it comes; see `onLines`. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Ends the program early: it gets SIGINT, and SIGKILL where it is still there after a second. The result is what it printed. */
  signal?: AbortSignal;
  /** Called when the process is gone, which may be after the result: the kernel keeps who waits for a lost file system. */
  onGone?: () => void;
  /** Most bytes of each stream; what comes beyond it is dropped. 16 MiB by default. */
  maxOutputBytes?: number;
  uid?: number;
  gid?: number;
}

export interface RunResult {
  /** Exit code; null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** Time that a killed program gets to be gone. */
const KILLED_WITHIN_MS = 250;
/** Time that an interrupted program gets to say what it has so far. */
const INTERRUPTED_WITHIN_MS = 1000;

/**
 * Runs a program to its end, without a shell; past `timeoutMs` it is killed, and left alone where even that does not end
 * it.
 * @throws when the program cannot be started
 */
export function runProcess(options: RunOptions): Promise<RunResult> {
  const limit = options.maxOutputBytes ?? 16 * 1024 * 1024;
  return new Promise((resolve, reject) => {
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
    });
    let timedOut = false;
    let timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
      timer = setTimeout(abandon, KILLED_WITHIN_MS);
    }, options.timeoutMs);
    const released = interruptBy(options.signal, child);
    const finish = (code: number | null, signal: NodeJS.Signals | null): void => {
      clearTimeout(timer);
      released();
      resolve({ code, signal, stdout: stdout(), stderr: stderr(), timedOut });
    };
    const abandon = (): void => {
      for (const stream of child.stdio) stream?.destroy();
      child.unref();
      finish(null, 'SIGKILL');
    };
    const stdout = gather(child.stdout, limit);
    const stderr = gather(child.stderr, limit);
    const { onLine } = options;
    if (onLine !== undefined) {
      onLines(child.stdout, (line) => onLine(line, 'stdout'));
      onLines(child.stderr, (line) => onLine(line, 'stderr'));
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      released();
      reject(error);
      if (child.pid === undefined) options.onGone?.();
    });
    child.once('exit', () => options.onGone?.());
    child.once('close', finish);
    // A program that ends before it has read its input closes the pipe; its exit code tells the rest.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Interrupts a program once a signal aborts. @returns what takes that back */
function interruptBy(signal: AbortSignal | undefined, child: ChildProcess): () => void {
  if (signal === undefined) return () => {};
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    child.kill('SIGINT');
    timer = setTimeout(() => child.kill('SIGKILL'), INTERRUPTED_WITHIN_MS);
  };
  if (signal.aborted) interrupt();
  else signal.addEventListener('abort', interrupt, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  };
}

function gather(stream: NodeJS.ReadableStream, limit: number): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size >= limit) return;
    chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
