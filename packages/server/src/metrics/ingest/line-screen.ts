import {
  findPlain,
  LINE_LIMITS,
  LineScanner,
  LineWriter,
  type Precision,
  valueEnd,
} from '@stratora/lineprotocol';
import type { MetricNormalizer } from '../normalize/index.ts';
import { OWN_TAGS, OwnTags, type TagValue } from './own-tags.ts';
import { type NamedLine, noRejectedLines, REJECT, type RejectedLines } from './reject-reason.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
/** Most dropped lines that an answer names. */
const NAMED_LINES = 10;
/** Longest name of a line that has no number. */
const NAME_BYTES = 200;
const EQUALS_ONLY = [EQUALS];
const EMPTY = Buffer.alloc(0);

export interface ScreenRules {
  /** The nodes whose data this component may send, with their names. */
  nodes: ReadonlyMap<string, TagValue>;
  /** The id of the component, where it is a collector. */
  collector?: TagValue | undefined;
  /** Id of the node of lines that name none; undefined refuses such lines. */
  defaultNode: string | undefined;
  /** Newest and oldest time that is kept, in milliseconds since 1970. */
  newestMs: number;
  oldestMs: number;
  /** The time of rows that carry none. */
  nowMs: number;
  /** Most tags of a line: what the store keeps, at most the protocol's own limit. */
  maxTags: number;
  /** The normaliser of the raw rows that templates collect. */
  normalizer?: Pick<MetricNormalizer, 'isRaw' | 'normalize'> | undefined;
}

export interface Screened extends RejectedLines {
  /** The lines that may be stored, each ending in a line feed; shares the memory of the given body. */
  body: Buffer;
  /** Lines that the templates' rules made of raw rows, with times in nanoseconds; valid until the next body. */
  derived: Buffer;
  /** Number of good lines that became something to store. */
  lines: number;
  /** Number of values in `body` and `derived`. */
  samples: number;
  /** Number of good lines of which the store keeps nothing: only text, or raw rows without a rule. */
  unstoredLines: number;
  /** Nodes with at least one kept line. */
  nodes: Set<string>;
}

/**
 * The screen that judges every line of a body and moves the good ones together in place. Text fields are taken out (the
 * store would keep them as 0). Works on one body at a time; the given buffer is changed.
 */
export class LineScreen {
  readonly #scanner = new LineScanner('node_id', OWN_TAGS);
  readonly #tags = new OwnTags();
  readonly #derived = new LineWriter();
  #source: Buffer = EMPTY;
  #out: Buffer = EMPTY;
  #written = 0;
  #runStart = 0;
  #runEnd = 0;
  /** The last node id, as bytes, with the verdict on it. */
  #lastId: Buffer = EMPTY;
  #lastIsOwn = false;
  #lastName: TagValue | undefined;

  screen(body: Buffer, precision: Precision, rules: ScreenRules): Screened {
    const result = this.#start(body, precision);
    this.#tags.collector = rules.collector;
    const defaultName = rules.defaultNode === undefined ? undefined : rules.nodes.get(rules.defaultNode);
    const scanner = this.#scanner;
    let line = 0;
    while (scanner.next()) {
      line += 1;
      const code = scanner.verdict === 0 ? this.#judge(rules, result) : scanner.verdict;
      if (code !== 0) {
        noteRejected(result, { line, code });
      } else {
        this.#tags.nodeName = scanner.watchedStart < 0 ? defaultName : this.#lastName;
        this.#take(rules, result);
      }
    }
    this.#flushRun();
    if (this.#written > 0 && this.#out[this.#written - 1] !== NEWLINE) this.#text('\n', body.length);
    result.body = this.#out.subarray(0, this.#written);
    if (this.#derived.byteLength > 0)
      result.derived = goodLinesOf(this.#derived.view(), rules.maxTags, result);
    this.#source = this.#out = EMPTY;
    return result;
  }

  #take(rules: ScreenRules, result: Screened): void {
    const scanner = this.#scanner;
    let samples = scanner.fieldCount - scanner.textFieldCount;
    if (rules.normalizer?.isRaw(this.#source, scanner)) {
      const { defaultNode, nowMs } = rules;
      const row = { defaultNode, nowMs, ownTags: this.#tags };
      samples = rules.normalizer.normalize(this.#source, scanner, this.#derived, row).samples;
    } else if (samples > 0) {
      this.#keep(rules.defaultNode);
    }
    result.samples += samples;
    if (samples > 0) result.lines += 1;
    else result.unstoredLines += 1;
  }

  #start(body: Buffer, precision: Precision): Screened {
    this.#scanner.reset(body, precision);
    this.#source = this.#out = body;
    this.#written = this.#runStart = this.#runEnd = 0;
    this.#derived.reset();
    this.#lastId = EMPTY;
    this.#lastIsOwn = false;
    this.#lastName = undefined;
    return {
      body,
      lines: 0,
      samples: 0,
      derived: EMPTY,
      unstoredLines: 0,
      ...noRejectedLines(),
      nodes: new Set(),
    };
  }

  #judge(rules: ScreenRules, result: Screened): number {
    const scanner = this.#scanner;
    const maxTags = Math.min(rules.maxTags, LINE_LIMITS.tags);
    if (scanner.watchedStart < 0) {
      if (rules.defaultNode === undefined) return REJECT.nodeMissing;
      if (scanner.tagCount >= maxTags) return REJECT.tooManyTags;
    } else if (!this.#isOwnNode(rules, result)) {
      return REJECT.nodeForeign;
    } else if (scanner.tagCount > maxTags) {
      return REJECT.tooManyTags;
    }
    if (!scanner.hasTime) return 0;
    if (scanner.timeMs > rules.newestMs) return REJECT.timeFuture;
    return scanner.timeMs < rules.oldestMs ? REJECT.timePast : 0;
  }

  /**
   * Whether the node of the line is the component's own. Lines of one node come in a row, so comparing bytes settles
   * most.
   */
  #isOwnNode(rules: ScreenRules, result: Screened): boolean {
    const { watchedStart: start, watchedEnd: end } = this.#scanner;
    const last = this.#lastId;
    let isSame = last.length === end - start;
    for (let index = 0; isSame && index < last.length; index += 1) {
      isSame = last[index] === this.#source[start + index];
    }
    if (!isSame) {
      const id = this.#source.toString('latin1', start, end);
      // Lines move while the body is screened, so the bytes are kept apart.
      this.#lastId = Buffer.from(id, 'latin1');
      this.#lastName = rules.nodes.get(id);
      this.#lastIsOwn = this.#lastName !== undefined;
      if (this.#lastIsOwn) result.nodes.add(id);
    }
    return this.#lastIsOwn;
  }

  #keep(defaultNode: string | undefined): void {
    const { lineStart, nextStart, textFieldCount, watchedStart } = this.#scanner;
    const isForeign = !this.#tags.areIn(this.#source, this.#scanner);
    if (isForeign || textFieldCount > 0 || (watchedStart < 0 && defaultNode !== undefined)) {
      this.#flushRun();
      this.#rewrite(watchedStart < 0 ? defaultNode : undefined);
      this.#runStart = this.#runEnd = nextStart;
      return;
    }
    if (lineStart !== this.#runEnd) {
      this.#flushRun();
      this.#runStart = lineStart;
    }
    this.#runEnd = nextStart;
  }

  /** Writes the line without its text fields, with the server's tags, and with a node where it named none. */
  #rewrite(node: string | undefined): void {
    const scanner = this.#scanner;
    const source = this.#source;
    this.#copy(scanner.lineStart, scanner.measurementEnd);
    if (node !== undefined) this.#text(`,node_id=${node}`, scanner.measurementEnd);
    this.#copyTags(scanner.measurementEnd, scanner.seriesEnd);
    let separator = ' ';
    let at = scanner.seriesEnd + 1;
    while (at < scanner.fieldsEnd) {
      const valueStart = findPlain(source, at, EQUALS_ONLY) + 1;
      const end = valueEnd(source, valueStart, scanner.fieldsEnd);
      if (source[valueStart] !== QUOTE) {
        this.#text(separator, at);
        this.#copy(at, end);
        separator = ',';
      }
      at = source[end] === COMMA ? end + 1 : scanner.fieldsEnd;
    }
    this.#copy(scanner.fieldsEnd, scanner.lineEnd);
    this.#text('\n', scanner.nextStart);
  }

  #copyTags(start: number, end: number): void {
    let at = start;
    for (const piece of this.#tags.replacements(this.#scanner)) {
      this.#copy(at, piece.start);
      if (piece.value) this.#put(piece.value, piece.end);
      at = piece.end;
    }
    this.#copy(at, end);
  }

  #flushRun(): void {
    if (this.#runEnd > this.#runStart) this.#copy(this.#runStart, this.#runEnd);
    this.#runStart = this.#runEnd;
  }

  #copy(start: number, end: number): void {
    if (this.#out !== this.#source) {
      this.#reserve(end - start);
    } else if (this.#written === start) {
      this.#written = end;
      return;
    }
    this.#source.copy(this.#out, this.#written, start, end);
    this.#written += end - start;
  }

  /** @param readAt the next byte of the source that is still to be copied: everything before it may be overwritten */
  #text(text: string, readAt: number): void {
    this.#makeRoom(text.length, readAt);
    this.#written += this.#out.write(text, this.#written, 'latin1');
  }

  /** @param readAt as with text */
  #put(bytes: Buffer, readAt: number): void {
    this.#makeRoom(bytes.length, readAt);
    this.#written += bytes.copy(this.#out, this.#written);
  }

  #makeRoom(bytes: number, readAt: number): void {
    const isRoomy = this.#out === this.#source && this.#written + bytes <= readAt;
    if (!isRoomy) this.#reserve(bytes);
  }

  #reserve(bytes: number): void {
    const needed = this.#written + bytes;
    if (this.#out !== this.#source && needed <= this.#out.length) return;
    const grown = Buffer.allocUnsafe(
      Math.max(needed + 4_096, this.#source.length + (this.#source.length >> 2)),
    );
    this.#out.copy(grown, 0, 0, this.#written);
    this.#out = grown;
  }
}

/**
 * Takes the good lines of those that rules made, which are held to the same limits as lines from outside. The others are
 * named by their beginnings: no line of the body is theirs alone.
 */
function goodLinesOf(written: Buffer, maxTags: number, result: RejectedLines): Buffer {
  const scanner = new LineScanner();
  const good: Buffer[] = [];
  let isClean = true;
  scanner.reset(written);
  while (scanner.next()) {
    const { lineStart, nextStart } = scanner;
    const verdict =
      scanner.verdict === 0 && scanner.tagCount > maxTags ? REJECT.tooManyTags : scanner.verdict;
    if (verdict === 0) {
      good.push(written.subarray(lineStart, nextStart));
      continue;
    }
    isClean = false;
    const line = written.toString('utf8', lineStart, Math.min(nextStart, lineStart + NAME_BYTES));
    noteRejected(result, { line, code: verdict });
  }
  return isClean ? written : Buffer.concat(good);
}

function noteRejected(result: RejectedLines, named: NamedLine): void {
  result.rejected += 1;
  result.rejectedByCode[named.code] = (result.rejectedByCode[named.code] ?? 0) + 1;
  if (result.named.length < NAMED_LINES) result.named.push(named);
}
