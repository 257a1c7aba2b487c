import { LINE_LIMITS, LineScanner, LineWriter, type Precision } from '@stratora/lineprotocol';
import { InterfaceIdentity } from '../interfaces/index.ts';
import type { MetricNormalizer } from '../normalize/index.ts';
import { InterfaceRows } from './interface-rows.ts';
import { keepLine } from './kept-line.ts';
import { LineOutput } from './line-output.ts';
import { INTERFACE_PLACE, OwnTags, type TagValue, WATCHED_TAGS } from './own-tags.ts';
import { type NamedLine, noRejectedLines, REJECT, type RejectedLines } from './reject-reason.ts';

/** Most dropped lines that an answer names. */
const NAMED_LINES = 10;
/** Longest name of a line that has no number. */
const NAME_BYTES = 200;
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
  /** Lines that the templates' rules made of raw rows, and the info series of interfaces, with times in nanoseconds; valid until the next body. */
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
  readonly #scanner = new LineScanner('node_id', WATCHED_TAGS);
  readonly #tags = new OwnTags();
  readonly #derived = new LineWriter();
  /** Lines that are good as the rows were of which they tell. */
  readonly #infos = new LineWriter();
  readonly #out = new LineOutput();
  readonly #interfaces: InterfaceRows;
  #source: Buffer = EMPTY;
  /** The last node id, as bytes and as text, with the verdict on it. */
  #lastId: Buffer = EMPTY;
  #lastNode = '';
  #lastIsOwn = false;
  #lastName: TagValue | undefined;

  /** @param identity what is known of interfaces, which outlives the body */
  constructor(identity = new InterfaceIdentity({ firstPlace: INTERFACE_PLACE })) {
    this.#interfaces = new InterfaceRows({
      identity,
      tags: this.#tags,
      out: this.#out,
      infos: this.#infos,
      derived: this.#derived,
    });
  }

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
    result.body = this.#out.end(this.#interfaces.settle(rules.nowMs));
    if (this.#derived.byteLength > 0)
      result.derived = goodLinesOf(this.#derived.view(), rules.maxTags, result);
    if (this.#infos.byteLength > 0)
      result.derived =
        result.derived.length > 0 ? Buffer.concat([result.derived, this.#infos.view()]) : this.#infos.view();
    this.#source = EMPTY;
    return result;
  }

  #take(rules: ScreenRules, result: Screened): void {
    const scanner = this.#scanner;
    let samples = scanner.fieldCount - scanner.textFieldCount;
    if (rules.normalizer?.isRaw(this.#source, scanner)) {
      const { defaultNode, nowMs } = rules;
      const row = { defaultNode, nowMs, ownTags: this.#tags };
      samples = rules.normalizer.normalize(this.#source, scanner, this.#derived, row).samples;
    } else if (samples > 0 && this.#interfaces.isRow(this.#source, scanner)) {
      const nodeId = scanner.watchedStart < 0 ? (rules.defaultNode ?? '') : this.#lastNode;
      samples += this.#interfaces.take(this.#source, scanner, { nodeId, nowMs: rules.nowMs });
    } else if (samples > 0) {
      this.#keep(rules.defaultNode);
    }
    result.samples += samples;
    if (samples > 0) result.lines += 1;
    else result.unstoredLines += 1;
  }

  #start(body: Buffer, precision: Precision): Screened {
    this.#scanner.reset(body, precision);
    this.#source = body;
    this.#out.start(body);
    this.#derived.reset();
    this.#infos.reset();
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
      this.#lastNode = id;
      this.#lastName = rules.nodes.get(id);
      this.#lastIsOwn = this.#lastName !== undefined;
      if (this.#lastIsOwn) result.nodes.add(id);
    }
    return this.#lastIsOwn;
  }

  #keep(defaultNode: string | undefined): void {
    const scanner = this.#scanner;
    const { lineStart, nextStart, textFieldCount, watchedStart } = scanner;
    const isForeign = !this.#tags.areIn(this.#source, scanner);
    const node = watchedStart < 0 ? defaultNode : undefined;
    if (isForeign || textFieldCount > 0 || node !== undefined) {
      keepLine(this.#out, this.#source, scanner, { node, replacements: this.#tags.replacements(scanner) });
    } else {
      this.#out.keep(lineStart, nextStart);
    }
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
