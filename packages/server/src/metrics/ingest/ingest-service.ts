import type { Precision } from '@stratora/lineprotocol';
import type { AppError, Clock, Logger } from '@stratora/runtime';
import type { StoreRefusal, WriteClient, WriteResult } from '@stratora/victoriametrics';
import { appError, type ComponentIdentity } from '../../platform/http/index.ts';
import type { InterfaceIdentity } from '../interfaces/index.ts';
import type { MetricNormalizer } from '../normalize/index.ts';
import { type IncomingBody, readBody } from './body-reader.ts';
import type { ByteAccount, ByteBudget } from './byte-budget.ts';
import type { ComponentNodes } from './component-nodes.ts';
import type { IngestDiagnosticsLog } from './ingest-diagnostics.ts';
import type { IngestLimits } from './ingest-limits.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import { LineScreen, type Screened } from './line-screen.ts';
import { type TagValue, tagValue } from './own-tags.ts';
import { type RefusedLines, type WrittenAround, writeAroundRefused } from './refused-lines.ts';
import { nameOf, noRejectedLines, REJECT, REJECT_REASONS, type RejectedLines } from './reject-reason.ts';
import { WriteCoalescer } from './write-coalescer.ts';

export interface IngestServiceOptions {
  writer: WriteClient;
  nodes: Pick<ComponentNodes, 'nodesOf'>;
  diagnostics: Pick<IngestDiagnosticsLog, 'countAccepted' | 'countRejected'>;
  metrics: IngestMetrics;
  budget: ByteBudget;
  limits: IngestLimits;
  clock: Clock;
  logger: Logger;
  /** Returns the normaliser of the rules in force. */
  normalizer?: () => MetricNormalizer;
  /** What is known of interfaces; unless it is given, of those alone that this service sees. */
  interfaces?: InterfaceIdentity;
  /** Called with the nodes whose data the store has just taken. */
  onData?: (component: ComponentIdentity, nodes: ReadonlySet<string>) => void;
}

export interface IngestAnswer {
  epoch: string;
  rejectedLines: number;
}

/** Details of an error answer to a body whose lines were judged all the same. */
export interface RejectedDetails {
  rejectedLines: number;
}

const NONE_REFUSED: RefusedLines = { count: 0, names: [] };

/** The service that takes bodies in: read, unpack, judge every line, write, and only then answer. */
export class IngestService {
  readonly #options: IngestServiceOptions;
  readonly #coalescer: WriteCoalescer;
  readonly #screen: LineScreen;
  #lastFailure = '';

  constructor(options: IngestServiceOptions) {
    this.#options = options;
    this.#screen = new LineScreen(options.interfaces);
    this.#coalescer = new WriteCoalescer(options.writer, options.clock);
  }

  /** Takes in a body. @throws AppError 400, 413 or 503 as the contract says */
  async ingest(
    component: ComponentIdentity,
    body: IncomingBody,
    precision: Precision,
  ): Promise<IngestAnswer> {
    const account = this.#options.budget.open();
    try {
      return await this.#take(component, { body, precision, account });
    } finally {
      account.close();
    }
  }

  async #take(
    component: ComponentIdentity,
    { body, precision, account }: { body: IncomingBody; precision: Precision; account: ByteAccount },
  ): Promise<IngestAnswer> {
    const { limits, nodes } = this.#options;
    const read = await readBody(body, limits.bodyBytes, account);
    try {
      const own = await nodes.nodesOf(component.componentId);
      return await this.#keep(component, { bytes: read.bytes, precision, own });
    } finally {
      read.release();
    }
  }

  async #keep(
    component: ComponentIdentity,
    { bytes, precision, own }: { bytes: Buffer; precision: Precision; own: ReadonlyMap<string, TagValue> },
  ): Promise<IngestAnswer> {
    const { diagnostics, limits, metrics } = this.#options;
    const now = this.#options.clock.now();
    const screened = this.#screen.screen(bytes, precision, {
      nodes: own,
      collector: component.type === 'collector' ? tagValue(component.componentId) : undefined,
      defaultNode: component.nodeId,
      nowMs: now,
      maxTags: this.#options.writer.labelLimit,
      normalizer: this.#options.normalizer?.(),
      newestMs: now + limits.aheadMs,
      oldestMs: now - limits.retentionMs,
    });
    metrics.screened(screened);
    diagnostics.countRejected(component.componentId, screened);
    if (screened.lines + screened.unstoredLines === 0) throw noValidLines(screened);
    const { epoch, refused } = await this.#store(component, screened, precision);
    diagnostics.countAccepted(component.componentId, screened, refused);
    this.#options.onData?.(component, screened.nodes);
    return { epoch, rejectedLines: screened.rejected + refused };
  }

  async #store(
    component: ComponentIdentity,
    screened: Screened,
    precision: Precision,
  ): Promise<{ epoch: string; refused: number }> {
    const { metrics } = this.#options;
    const { result, refused } = await this.#write(screened, precision);
    metrics.written(result.ok ? 'ok' : result.reason, screened.samples);
    this.#logChange(result);
    if (refused.count > 0) this.#countRefused(component, refused, result);
    if (result.ok) return { epoch: result.epoch, refused: refused.count };
    if (result.retry) throw storeFailed(result, screened.rejected);
    throw noValidLines(joined(screened, rejectedByStore(refused)));
  }

  async #write({ body, derived }: Screened, precision: Precision): Promise<WrittenAround> {
    // Nothing to write, but the sender may let the lines go only while the store is there.
    if (body.length + derived.length === 0) {
      return { result: await this.#options.writer.epoch(), refused: NONE_REFUSED };
    }
    if (derived.length === 0) return this.#writeGood(body, precision);
    if (precision === 'ns') return this.#writeGood(Buffer.concat([body, derived]), 'ns');
    return this.#writeApart(body, Buffer.from(derived), precision);
  }

  async #writeApart(body: Buffer, derived: Buffer, precision: Precision): Promise<WrittenAround> {
    const first = await this.#writeGood(derived, 'ns');
    if (body.length === 0 || (!first.result.ok && first.result.retry)) return first;
    const second = await this.#writeGood(body, precision);
    const names = [...first.refused.names, ...second.refused.names];
    const refused = { count: first.refused.count + second.refused.count, names };
    // Taken is what one of both was taken of, unless the other has to be sent again.
    const isDone = second.result.ok || second.result.retry;
    return { result: isDone ? second.result : first.result, refused };
  }

  /** Writes lines, around those that the store refuses. */
  async #writeGood(lines: Buffer, precision: Precision): Promise<WrittenAround> {
    const result = await this.#coalescer.write(lines, precision);
    if (result.ok || result.retry) return { result, refused: NONE_REFUSED };
    return writeAroundRefused(lines, result, (part) => this.#options.writer.write(part, precision));
  }

  #countRefused({ componentId }: ComponentIdentity, refused: RefusedLines, result: WriteResult): void {
    const { diagnostics, logger, metrics } = this.#options;
    const rejected = rejectedByStore(refused);
    metrics.dropped(rejected);
    diagnostics.countRejected(componentId, rejected);
    const [name] = refused.names;
    logger.warn(
      { componentId, lines: refused.count, name, cause: result.ok ? undefined : result.cause },
      'metric store refuses lines that passed the screen',
    );
  }

  #logChange(result: WriteResult): void {
    const failure = result.ok || !result.retry ? undefined : result;
    const reason = failure?.reason ?? '';
    if (reason === this.#lastFailure) return;
    this.#lastFailure = reason;
    if (failure)
      this.#options.logger.warn({ reason, cause: failure.cause }, 'metric store does not take data');
    else this.#options.logger.info('metric store takes data again');
  }
}

function noValidLines(rejected: RejectedLines): AppError {
  const errors = rejected.named.map((named) => ({
    path: nameOf(named),
    message: REJECT_REASONS[named.code - 1] ?? '',
  }));
  const message = rejected.rejected === 0 ? 'The body holds no line.' : 'No line of the body is good.';
  return appError('no_valid_lines', message, { details: { errors, rejectedLines: rejected.rejected } });
}

/** Makes the answer for a store that fails for whatever is not about a line: the sender keeps its data. */
function storeFailed(failure: StoreRefusal, rejectedLines: number): AppError {
  return appError('metrics_unavailable', 'The metric store does not take data at the moment.', {
    details: { rejectedLines },
    cause: new Error(failure.cause),
  });
}

function rejectedByStore({ count, names }: RefusedLines): RejectedLines {
  const lines = noRejectedLines();
  lines.rejected = count;
  lines.rejectedByCode[REJECT.refusedByStore] = count;
  lines.named = names.map((line) => ({ line, code: REJECT.refusedByStore }));
  return lines;
}

function joined(screened: RejectedLines, more: RejectedLines): RejectedLines {
  return {
    rejected: screened.rejected + more.rejected,
    rejectedByCode: screened.rejectedByCode,
    named: [...screened.named, ...more.named],
  };
}
