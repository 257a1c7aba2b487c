import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, type Logger, makeDirectory } from '@stratora/runtime';
import { parseSegmentFileName } from './record-format.ts';
import { inspectSegment, removeSegment, type Segment } from './segment.ts';
import { type PlainBlock, SegmentWriter } from './segment-writer.ts';

/** The files of the queue: what there is, the one that is written to, and their removal. Knows nothing of delivery. */
export class SegmentStore {
  readonly #directory: string;
  readonly #logger: Logger;
  /** Segments in ascending order; while there is a writer, its segment is the last. */
  #segments: Segment[] = [];
  #writer: SegmentWriter | undefined;
  #head = 1;

  constructor(directory: string, logger: Logger) {
    this.#directory = directory;
    this.#logger = logger;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** The sequence that the next record gets. */
  get head(): number {
    return this.#head;
  }

  get storedBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  get active(): Segment | undefined {
    return this.#writer?.segment;
  }

  /** @param atLeast the head is not below it, whatever the files say */
  async open(atLeast: number): Promise<void> {
    await makeDirectory(this.#directory);
    const names = (await readdir(this.#directory)).filter((name) => parseSegmentFileName(name)).toSorted();
    for (const [index, name] of names.entries()) {
      const segment = await this.#inspect(name, index === names.length - 1);
      if (!segment) continue;
      if (segment.endSequence === segment.firstSequence && index === names.length - 1) {
        await removeSegment(segment);
        continue;
      }
      this.#segments.push(segment);
    }
    this.#head = Math.max(atLeast, this.#head, ...this.#segments.map((segment) => segment.endSequence));
  }

  /**
   * Writes the blocks as records; they are in the file when it returns.
   * @param segmentBytes a segment that has come to this size is ended first
   */
  async append(blocks: readonly PlainBlock[], arrivedAt: number, segmentBytes: number): Promise<void> {
    if (this.#writer && this.#writer.segment.bytes >= segmentBytes) await this.roll();
    this.#writer ??= await this.#create();
    await this.#writer.append(blocks, arrivedAt);
    this.#head = this.#writer.segment.endSequence;
  }

  /** Ends the active segment; the next append begins a new one. */
  async roll(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    try {
      await writer?.seal();
    } catch (error) {
      // Without a seal the segment is read through at the next start, nothing worse.
      this.#logger.warn({ err: error }, 'segment not sealed');
      await writer?.close().catch(() => {});
    }
  }

  async sync(): Promise<void> {
    await this.#writer?.sync();
  }

  async remove(segment: Segment): Promise<void> {
    this.#segments = this.#segments.filter((candidate) => candidate !== segment);
    await removeSegment(segment);
  }

  async close(): Promise<void> {
    await this.roll();
  }

  async #create(): Promise<SegmentWriter> {
    const writer = await SegmentWriter.create(this.#directory, this.#head);
    this.#segments.push(writer.segment);
    return writer;
  }

  async #inspect(name: string, cutTail: boolean): Promise<Segment | undefined> {
    const path = join(this.#directory, name);
    try {
      const segment = await inspectSegment(path, name, cutTail);
      return segment;
    } catch (error) {
      this.#logger.error({ segment: name, reason: errorMessage(error) }, 'segment cannot be read');
      return undefined;
    }
  }
}
