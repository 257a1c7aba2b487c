import { closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

export interface LogFileOptions {
  path: string;
  /** Size beyond which the file is rotated; 10 MiB by default. */
  maxBytes?: number;
  /** Number of old files that are kept, as PATH.1 (newest) to PATH.N; 5 by default. */
  keep?: number;
}

/**
 * An append-only log with rotation by size. Lines are written at once, since a log is read after a crash; a disk that
 * is full loses lines and nothing else.
 */
export class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #keep: number;
  #file: number | undefined;
  #size = 0;

  constructor(options: LogFileOptions) {
    this.#path = options.path;
    this.#maxBytes = options.maxBytes ?? 10 * 1024 * 1024;
    this.#keep = options.keep ?? 5;
  }

  /** Writes one line, with or without its line feed. */
  write(line: string): void {
    const bytes = Buffer.from(line.endsWith('\n') ? line : `${line}\n`);
    try {
      if (this.#file === undefined) this.#open();
      if (this.#size > 0 && this.#size + bytes.length > this.#maxBytes) this.#rotate();
      if (this.#file !== undefined) this.#size += writeSync(this.#file, bytes);
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
  }

  #open(): void {
    this.#file = openSync(this.#path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  #rotate(): void {
    this.close();
    rmSync(`${this.#path}.${this.#keep}`, { force: true });
    for (let number = this.#keep - 1; number >= 1; number -= 1) {
      if (existsSync(`${this.#path}.${number}`)) {
        renameSync(`${this.#path}.${number}`, `${this.#path}.${number + 1}`);
      }
    }
    if (this.#keep > 0) renameSync(this.#path, `${this.#path}.1`);
    else rmSync(this.#path, { force: true });
    this.#open();
  }
}
