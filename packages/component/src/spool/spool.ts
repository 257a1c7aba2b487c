import { join } from 'node:path';
import { type Clock, type Logger, type Periodic, periodic, systemClock } from '@stratora/runtime';
import { readCheckedQuickly, writeCheckedQuickly } from '../checked-file.ts';
import { DeliveryLedger, type Lane, type SequenceRange } from './delivery-ledger.ts';
import { type DiskSpace, readDiskSpace, spoolLimit } from './disk-budget.ts';
import { GapLedger } from './gap-ledger.ts';
import { LaneReader, type SpoolBatch } from './lane-reader.ts';
import { joinBlocks, toBlocks } from './line-blocks.ts';
import { countLines, type Segment } from './segment.ts';
import { SegmentStore } from './segment-store.ts';
import type { PlainBlock } from './segment-writer.ts';
import { isLedgerState, measurePending, type SpoolState } from './spool-state.ts';

export interface SpoolOptions {
  directory: string;
  /** Most bytes that are kept on disk. */
  maxBytes: number;
  segmentBytes: number;
  logger: Logger;
  clock?: Clock;
  /** Milliseconds that acknowledged records are kept for a store that lost its last seconds; 2 min by default. */
  keepAcknowledgedMs?: number;
  /** Replaces the look at the disk in tests. */
  diskSpace?: (directory: string) => Promise<DiskSpace>;
}

/** The disk has no room: the caller keeps its data and comes again. */
export class SpoolFullError extends Error {}

/** Largest unpacked size of a record. */
export const RECORD_PLAIN_BYTES = 1024 * 1024;
const KEEP_ACKNOWLEDGED_MS = 120_000;
const SEGMENTS_AT_LEAST = 8;
const UPKEEP_INTERVAL_MS = 1000;
const SLOW_UPKEEP_INTERVAL_MS = 5000;

interface Waiting {
  blocks: PlainBlock[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The component's durable queue of line protocol. `append` returns once the data is in the file, so the death of the
 * process loses nothing that was acknowledged; it is flushed to the device within a second. Damage costs the records
 * it hits and no others. Nothing but the bound ever removes what was not delivered, and that is counted.
 */
export class Spool {
  readonly #directory: string;
  readonly #options: SpoolOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #store: SegmentStore;
  readonly #gaps: GapLedger;
  readonly #upkeep: Periodic;
  readonly #readers: Record<Lane, LaneReader> = { live: new LaneReader(), backlog: new LaneReader() };
  readonly #listeners = new Set<() => void>();
  #ledger = new DeliveryLedger({ live: 1, backlog: [], acknowledged: [], epoch: '' }, 0);
  #waiting: Waiting[] = [];
  #committing: Promise<void> | undefined;
  #limitBytes = 0;
  #dropping: Promise<unknown> = Promise.resolve();
  #savedCursor = '';
  #slowUpkeepAt = 0;
  #damagedRecords = 0;
  #damageCountedTo = 0;
  #tooLongLines = 0;
  #closed = false;

  private constructor(options: SpoolOptions) {
    this.#options = options;
    this.#directory = options.directory;
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger;
    this.#store = new SegmentStore(options.directory, options.logger);
    this.#gaps = new GapLedger(options.directory);
    this.#upkeep = periodic({
      name: 'spool-upkeep',
      intervalMs: UPKEEP_INTERVAL_MS,
      run: () => this.#maintain(),
      clock: this.#clock,
      logger: options.logger,
    });
  }

  /** Opens the queue, whatever state it was left in. Everything undelivered becomes the backlog lane's. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const spool = new Spool(options);
    await spool.#open();
    return spool;
  }

  get ledger(): DeliveryLedger {
    return this.#ledger;
  }

  /** The sequence below which everything is committed. */
  get head(): number {
    return this.#store.head;
  }

  get state(): SpoolState {
    return {
      ...measurePending(this.#store.segments, this.#ledger),
      droppedLines: this.#gaps.dropped,
      gaps: this.#gaps.gaps,
      damagedRecords: this.#damagedRecords,
      tooLongLines: this.#tooLongLines,
      storedBytes: this.#store.storedBytes,
      limitBytes: this.#limitBytes,
    };
  }

  /** Adds a listener, called when there may be something new to deliver. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Resolves once the lines are in the file.
   * @throws SpoolFullError when there is no room on the disk
   */
  append(bytes: Buffer): Promise<void> {
    if (this.#closed) return Promise.reject(new SpoolFullError('The spool is closed'));
    const { blocks, tooLong } = toBlocks(bytes, RECORD_PLAIN_BYTES);
    this.#tooLongLines += tooLong;
    if (blocks.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ blocks, resolve, reject });
      this.#committing ??= this.#commitAll();
    });
  }

  /** Reads the next records that the lane has to deliver; undefined when it has none. */
  async read(lane: Lane, maxPlainBytes: number): Promise<SpoolBatch | undefined> {
    for (;;) {
      const range = this.#ledger.next(lane, this.head);
      if (!range) return undefined;
      const batch = await this.#readers[lane].read(range, this.#store, maxPlainBytes);
      this.#countDamage(batch);
      if (batch.payloads.length > 0) return batch;
      this.#ledger.skip(lane, batch.range);
    }
  }

  acknowledge(lane: Lane, range: SequenceRange, epoch: string): { replayed: SequenceRange[] } {
    const result = this.#ledger.acknowledge(lane, range, this.#clock.now(), epoch);
    if (result.replayed.length > 0) this.#announce();
    return result;
  }

  /** Leaves out a range that will never be accepted. */
  skip(lane: Lane, range: SequenceRange): void {
    this.#ledger.skip(lane, range);
  }

  /** Hands what the live lane could not deliver in time to the backlog lane. */
  demote(): void {
    this.#ledger.demote(this.head);
    this.#announce();
  }

  /** Flushes to the device and saves the cursor. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#committing;
    await this.#upkeep.stop();
    await this.#saveCursor().catch((error: unknown) => {
      this.#logger.warn({ err: error }, 'cursor not saved, some data will be sent again');
    });
    await this.#store.close();
    await Promise.all(Object.values(this.#readers).map((reader) => reader.close()));
  }

  async #open(): Promise<void> {
    const saved = await readCheckedQuickly(this.#cursorPath).catch(() => undefined);
    const known = isLedgerState(saved) ? saved : undefined;
    const cursorEnd = known ? Math.max(known.live, ...known.backlog.map((range) => range.to)) : 1;
    await this.#store.open(cursorEnd);
    await this.#gaps.open();
    this.#countLostTails();
    const first = this.#store.segments[0]?.firstSequence ?? this.head;
    this.#ledger = new DeliveryLedger(
      known ?? { live: first, backlog: [], acknowledged: [], epoch: '' },
      this.#options.keepAcknowledgedMs ?? KEEP_ACKNOWLEDGED_MS,
    );
    this.#ledger.dropBefore(first);
    this.#ledger.demote(this.head);
    await this.#refreshDisk();
    await this.#makeRoom(0);
    this.#upkeep.start();
  }

  get #cursorPath(): string {
    return join(this.#directory, 'cursor.json');
  }

  async #commitAll(): Promise<void> {
    // One turn of the loop, so that writes that arrive together share a record.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#commit(group.flatMap((entry) => entry.blocks));
        for (const entry of group) entry.resolve();
        this.#announce();
      } catch (error) {
        for (const entry of group) entry.reject(error);
      }
    }
    this.#committing = undefined;
  }

  async #commit(blocks: readonly PlainBlock[]): Promise<void> {
    const joined = joinBlocks(blocks, RECORD_PLAIN_BYTES);
    // Packed it will be less; the bound is kept with what it could be at worst.
    const worstBytes = joined.reduce((sum, block) => sum + block.bytes.length, 0);
    if (!(await this.#makeRoom(worstBytes))) throw new SpoolFullError('No room on the disk');
    try {
      await this.#store.append(joined, this.#clock.now(), this.#segmentBytes);
    } catch (error) {
      if (!['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      if (!(await this.#inTurn(() => this.#evictOldest()))) throw new SpoolFullError('The disk is full');
      await this.#store.append(joined, this.#clock.now(), this.#segmentBytes);
    }
  }

  /** Size of a segment, small enough on a small disk that one dropped at the bound is a small part of what is there. */
  get #segmentBytes(): number {
    return Math.min(this.#options.segmentBytes, Math.floor(this.#limitBytes / SEGMENTS_AT_LEAST));
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }

  #countDamage(batch: SpoolBatch): void {
    if (batch.missing === 0 || batch.range.to <= this.#damageCountedTo) return;
    this.#damageCountedTo = batch.range.to;
    this.#damagedRecords += batch.missing;
    this.#logger.error({ records: batch.missing, before: batch.range.to }, 'damaged records skipped');
  }

  #countLostTails(): void {
    const lost = this.#store.segments.filter((segment) => segment.lostTail);
    this.#damagedRecords += lost.length;
    for (const { endSequence } of lost) {
      this.#logger.error({ after: endSequence }, 'damaged end of a segment cut off');
    }
  }

  async #maintain(): Promise<void> {
    await this.#store.sync();
    if (this.#clock.monotonic() < this.#slowUpkeepAt) return;
    this.#slowUpkeepAt = this.#clock.monotonic() + SLOW_UPKEEP_INTERVAL_MS;
    this.#ledger.expire(this.#clock.now());
    await this.#inTurn(() => this.#removeFree());
    await this.#refreshDisk();
    await this.#makeRoom(0);
    await this.#saveCursor();
  }

  async #saveCursor(): Promise<void> {
    const text = JSON.stringify(this.#ledger.state);
    if (text === this.#savedCursor) return;
    await writeCheckedQuickly(this.#cursorPath, this.#ledger.state);
    this.#savedCursor = text;
  }

  async #refreshDisk(): Promise<void> {
    const disk = await (this.#options.diskSpace ?? readDiskSpace)(this.#directory);
    this.#limitBytes = spoolLimit(this.#options.maxBytes, this.#store.storedBytes, disk);
  }

  #isFree(segment: Segment): boolean {
    return this.#ledger.isFree(segment.firstSequence, segment.endSequence);
  }

  #isPending(segment: Segment): boolean {
    return this.#ledger.isPending(segment.firstSequence, segment.endSequence);
  }

  /** Chooses the segment to drop first: the oldest that was delivered and is only kept, else the oldest. */
  #evictable(): Segment | undefined {
    const finished = this.#store.segments.filter((segment) => segment !== this.#store.active);
    return finished.find((segment) => !this.#isPending(segment)) ?? finished[0];
  }

  /** Drops segments until there is room for `bytes` more; false when nothing is left to drop. */
  #makeRoom(bytes: number): Promise<boolean> {
    return this.#inTurn(async () => {
      while (this.#store.storedBytes + bytes > this.#limitBytes) {
        const { active } = this.#store;
        if (!this.#evictable() && active && !this.#isPending(active)) await this.#store.roll();
        if (!(await this.#evictOldest())) return false;
      }
      return true;
    });
  }

  /** Waits for who drops segments now: what arrives and the upkeep would both count the same one as lost. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#dropping.then(work);
    this.#dropping = done.catch(() => undefined);
    return done;
  }

  async #removeFree(): Promise<void> {
    for (const segment of this.#store.segments) {
      if (segment !== this.#store.active && this.#isFree(segment)) await this.#store.remove(segment);
    }
  }

  /** Drops the segment that is to go first; false when there is none. */
  async #evictOldest(): Promise<boolean> {
    const segment = this.#evictable();
    if (!segment) return false;
    await this.#evict(segment);
    return true;
  }

  async #evict(segment: Segment): Promise<void> {
    if (!this.#isPending(segment)) {
      await this.#store.remove(segment);
      return;
    }
    const lines = await countLines(segment, (sequence) => this.#ledger.isPending(sequence, sequence + 1));
    this.#gaps.add(segment, lines);
    const saved = await this.#gaps.save();
    this.#ledger.dropBefore(segment.endSequence);
    this.#logger.error({ lines, segment: segment.firstSequence }, 'oldest data dropped at the spool bound');
    await this.#store.remove(segment);
    // On a full disk there is room for the note only now.
    if (!saved && !(await this.#gaps.save())) this.#logger.warn('gap not written to disk');
  }
}
