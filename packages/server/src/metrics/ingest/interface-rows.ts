import type { LineScanner, LineWriter } from '@stratora/lineprotocol';
import { INTERFACE_TAGS, type InterfaceIdentity, type OpenRow, TWIN_TAG } from '../interfaces/index.ts';
import { keepLine, seriesOf } from './kept-line.ts';
import type { Insertion, LineOutput } from './line-output.ts';
import { INTERFACE_PLACE, leftOut, type OwnTags, type Replacement } from './own-tags.ts';

const INDEX = INTERFACE_PLACE + INTERFACE_TAGS.indexOf('ifIndex');
const ALIAS = INTERFACE_PLACE + INTERFACE_TAGS.indexOf('ifAlias');

export interface InterfaceRowsOptions {
  identity: InterfaceIdentity;
  tags: OwnTags;
  out: LineOutput;
  /** Takes lines that are good as they are: rows of the body with another field. */
  infos: LineWriter;
  /** Takes lines that may have become too much. */
  derived: LineWriter;
}

/** An open row of the body, with the place behind its tags in the output, and its info series. */
interface Waiting {
  readonly row: OpenRow;
  readonly tagsEnd: number;
  readonly info: Buffer;
}

/**
 * The rows of interface tables in a body: each is kept without what does not name its interface, and what was left out
 * goes to `interface_info{..., ifIndex, ifAlias} 1`, every two minutes and whenever it changes.
 */
export class InterfaceRows {
  readonly #options: InterfaceRowsOptions;
  #waiting: Waiting[] = [];
  /** The node that the identity was told last. */
  #nodeId: string | undefined;

  constructor(options: InterfaceRowsOptions) {
    this.#options = options;
  }

  isRow(source: Buffer, scanner: LineScanner): boolean {
    return this.#options.identity.isRow(source, scanner);
  }

  /**
   * Keeps the row under the scanner.
   *
   * @returns the number of samples that it gives beside its own
   */
  take(source: Buffer, scanner: LineScanner, { nodeId, nowMs }: { nodeId: string; nowMs: number }): number {
    const { identity, tags, out } = this.#options;
    const timeMs = scanner.hasTime ? scanner.timeMs : nowMs;
    if (nodeId !== this.#nodeId) identity.setNode(nodeId);
    this.#nodeId = nodeId;
    identity.look(source, scanner, timeMs);
    const { isInfoDue, isOpen, twin } = identity;
    const node = scanner.watchedStart < 0 ? nodeId : undefined;
    const isForeign = node !== undefined || !tags.areIn(source, scanner);
    if (!isOpen && !isForeign && twin === undefined && scanner.textFieldCount === 0) {
      // Before the line is kept, which may overwrite it.
      if (isInfoDue) {
        const series = source.subarray(scanner.lineStart, scanner.seriesEnd);
        this.#options.infos.startEncoded(series).float('info', 1).end(timeMs);
      }
      this.#keepQuickly(scanner);
      return isInfoDue ? 1 : 0;
    }
    const own = isForeign ? tags.replacements(scanner) : [];
    const tag = twin && !isOpen ? twinTag(twin) : undefined;
    const info = isInfoDue ? seriesOf(source, scanner, { node, replacements: own, tag }) : undefined;
    const row = isOpen ? identity.open(source, scanner, timeMs) : undefined;
    const replacements = [...own, ...leftOutOf(scanner)].toSorted((a, b) => a.start - b.start);
    const tagsEnd = keepLine(out, source, scanner, { node, replacements, tag });
    if (info === undefined) return 0;
    if (row) this.#waiting.push({ row, tagsEnd, info });
    else this.#writeInfo(info, timeMs);
    return 1;
  }

  /** Decides about the rows that were left open. @returns what is to be put into the output, in order */
  settle(nowMs: number): Insertion[] {
    const { identity } = this.#options;
    if (this.#waiting.length === 0) return [];
    identity.settle(
      this.#waiting.map(({ row }) => row),
      nowMs,
    );
    const insertions: Insertion[] = [];
    for (const { row, tagsEnd, info } of this.#waiting) {
      const tag = row.twin && twinTag(row.twin);
      if (tag) insertions.push({ at: tagsEnd, bytes: tag });
      this.#writeInfo(tag ? Buffer.concat([info, tag]) : info, row.timeMs);
    }
    this.#waiting = [];
    return insertions;
  }

  #writeInfo(series: Buffer, timeMs: number): void {
    this.#options.derived.startEncoded(series).float('info', 1).end(timeMs);
  }

  #keepQuickly({ lineStart, nextStart, besideStart, besideEnd }: LineScanner): void {
    const { out } = this.#options;
    const alias = besideStart[ALIAS] as number;
    const index = besideStart[INDEX] as number;
    if (alias >= 0 && alias < index) {
      out.keep(lineStart, alias - NAME_BYTES);
      out.keep(besideEnd[ALIAS] as number, index - NAME_BYTES);
      out.keep(besideEnd[INDEX] as number, nextStart);
      return;
    }
    out.keep(lineStart, index - NAME_BYTES);
    if (alias < 0) {
      out.keep(besideEnd[INDEX] as number, nextStart);
      return;
    }
    out.keep(besideEnd[INDEX] as number, alias - NAME_BYTES);
    out.keep(besideEnd[ALIAS] as number, nextStart);
  }
}

/** Bytes of `,ifIndex=` and of `,ifAlias=`. */
const NAME_BYTES = ',ifIndex='.length;

function leftOutOf({ besideStart, besideEnd }: LineScanner): Replacement[] {
  return [INDEX, ALIAS]
    .filter((place) => (besideStart[place] as number) >= 0)
    .map((place) => leftOut(place, besideStart[place] as number, besideEnd[place] as number));
}

function twinTag(twin: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`,${TWIN_TAG}=`), twin]);
}
