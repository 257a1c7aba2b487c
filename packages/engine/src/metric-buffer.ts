import type { OutputStats } from './engine-stats.ts';

/** Lines that travel together. */
export interface Batch {
  readonly bytes: Buffer;
  readonly lines: number;
}

export interface BufferLimits {
  /** Lines after which a batch ends. A write is never split, so the last one may reach beyond. */
  readonly batchLines: number;
  /** Most lines that may wait. */
  readonly limitLines: number;
  /** Most bytes that may wait. */
  readonly limitBytes: number;
}

/** Size at which batches end as well, so that one stays small enough for any receiver. */
const BATCH_BYTES = 2 * 1024 * 1024;
const FIRST_BYTES = 16 * 1024;

/** Lines that wait for the output: bounded, the oldest batch goes first when it is full. */
export class MetricBuffer {
  readonly #stats: OutputStats;
  readonly #onFull: () => void;
  readonly #batches: Batch[] = [];
  #limits: BufferLimits;
  #open: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #openBytes = 0;
  #openLines = 0;
  #sealedLines = 0;
  #sealedBytes = 0;

  /** @param onFull called whenever a batch is full and ready to go */
  constructor(limits: BufferLimits, stats: OutputStats, onFull: () => void) {
    this.#limits = limits;
    this.#stats = stats;
    this.#onFull = onFull;
    this.#stats.bufferLimit = limits.limitLines;
  }

  get lines(): number {
    return this.#sealedLines + this.#openLines;
  }

  configure(limits: BufferLimits): void {
    this.#limits = limits;
    this.#stats.bufferLimit = limits.limitLines;
    this.#dropOldest();
  }

  /** Copies complete lines in. */
  append(bytes: Uint8Array, lines: number): void {
    if (lines === 0) return;
    if (this.#openBytes + bytes.length > BATCH_BYTES) this.#seal();
    this.#reserve(bytes.length);
    this.#open.set(bytes, this.#openBytes);
    this.#openBytes += bytes.length;
    this.#openLines += lines;
    this.#stats.added += lines;
    if (this.#openLines >= this.#limits.batchLines) this.#seal();
    this.#dropOldest();
  }

  /** Takes the oldest batch out; the one that is still open only when it is the only one. */
  take(): Batch | undefined {
    if (this.#batches.length === 0) this.#seal(true);
    const batch = this.#batches.shift();
    if (batch !== undefined) this.#count(-batch.lines, -batch.bytes.length);
    return batch;
  }

  /** Puts a batch back that was taken and could not be written: it is the oldest again. */
  giveBack(batch: Batch): void {
    this.#batches.unshift(batch);
    this.#count(batch.lines, batch.bytes.length);
    this.#dropOldest();
  }

  #reserve(bytes: number): void {
    const needed = this.#openBytes + bytes;
    if (needed <= this.#open.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#open.length * 2));
    this.#open.copy(grown, 0, 0, this.#openBytes);
    this.#open = grown;
  }

  #seal(isTaken = false): void {
    if (this.#openLines === 0) return;
    const bytes = Buffer.from(this.#open.subarray(0, this.#openBytes));
    this.#batches.push({ bytes, lines: this.#openLines });
    const { length } = bytes;
    const lines = this.#openLines;
    this.#openBytes = 0;
    this.#openLines = 0;
    // A burst must not keep its memory for ever.
    if (this.#open.length > 8 * FIRST_BYTES && length < this.#open.length / 4) {
      this.#open = Buffer.allocUnsafe(FIRST_BYTES);
    }
    this.#count(lines, length);
    if (!isTaken) this.#onFull();
  }

  #dropOldest(): void {
    while (
      this.#batches.length > 0 &&
      (this.lines > this.#limits.limitLines || this.#sealedBytes + this.#openBytes > this.#limits.limitBytes)
    ) {
      const batch = this.#batches.shift();
      if (batch === undefined) break;
      this.#stats.dropped += batch.lines;
      this.#count(-batch.lines, -batch.bytes.length);
    }
    this.#count(0, 0);
  }

  #count(lines: number, bytes: number): void {
    this.#sealedLines += lines;
    this.#sealedBytes += bytes;
    this.#stats.bufferLines = this.lines;
    this.#stats.bufferBytes = this.#sealedBytes + this.#openBytes;
  }
}
