import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

/** A child process that answers lines by lines: the measured program of a bench, or its load. */
export class LineChild {
  private readonly child: ChildProcess;
  private readonly name: string;
  private readonly lines: string[] = [];
  private waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  private hasEnded = false;

  constructor(name: string, command: string, args: readonly string[]) {
    this.name = name;
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.child.stdout === null) throw new Error(`${name} has no output`);
    const reader: Interface = createInterface({ input: this.child.stdout });
    reader.on('line', (line) => this.onLine(line));
    this.child.once('error', (error) => this.onEnd(error));
    this.child.once('exit', (code, signal) => this.onEnd(new Error(`${name} ended: ${signal ?? code}`)));
  }

  /** Reads the next line; rejects when the child ends or stays silent for so long. */
  async read(timeoutMs: number): Promise<string> {
    const next = this.lines.shift();
    if (next !== undefined) return next;
    if (this.hasEnded) throw new Error(`${this.name} has ended`);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        this.waiting = { resolve, reject };
        timer = setTimeout(() => reject(new Error(`${this.name} did not answer in time`)), timeoutMs);
      });
    } finally {
      clearTimeout(timer);
      this.waiting = undefined;
    }
  }

  /** Writes a line and reads the answer, which is JSON. */
  async ask<T>(question: string, timeoutMs: number): Promise<T> {
    this.child.stdin?.write(`${question}\n`);
    return JSON.parse(await this.read(timeoutMs)) as T;
  }

  /** Ends the child's input, then the process if that was not enough. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve());
    });
    this.child.stdin?.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 8_000);
    await ended;
    clearTimeout(timer);
  }

  private onLine(line: string): void {
    if (this.waiting === undefined) this.lines.push(line);
    else this.waiting.resolve(line);
  }

  private onEnd(error: Error): void {
    this.hasEnded = true;
    this.waiting?.reject(error);
  }
}
