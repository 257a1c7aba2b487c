import type { Precision } from '@stratora/lineprotocol';
import type { AppError, Clock, Logger } from '@stratora/runtime';
import type { StoreRefusal, WriteClient, WriteResult } from '@stratora/victoriametrics';
import { appError, type ComponentIdentity } from '../../platform/http/index.ts';
import type { MetricNormalizer } from '../normalize/index.ts';
import { type IncomingBody, readBody } from './body-reader.ts';
import type { ByteAccount, ByteBudget } from './byte-budget.ts';
import type { ComponentNodes } from './component-nodes.ts';
import type { IngestDiagnosticsLog } from './ingest-diagnostics.ts';
import type { IngestLimits } from './ingest-limits.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import { LineScreen, type Screened } from './line-screen.ts';
import { REJECT_REASONS } from './reject-reason.ts';
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

/** The service that takes bodies in: read, unpack, judge every line, write, and only then answer. */
export class IngestService {
  readonly #options: IngestServiceOptions;
  readonly #coalescer: WriteCoalescer;
  readonly #screen = new LineScreen();
  #lastFailure = '';

  constructor(options: IngestServiceOptions) {
    this.#options = options;
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
    { bytes, precision, own }: { bytes: Buffer; precision: Precision; own: ReadonlySet<string> },
  ): Promise<IngestAnswer> {
    const { diagnostics, limits, metrics } = this.#options;
    const now = this.#options.clock.now();
    const screened = this.#screen.screen(bytes, precision, {
      nodes: own,
      defaultNode: component.nodeId,
      nowMs: now,
      normalizer: this.#options.normalizer?.(),
      newestMs: now + limits.aheadMs,
      oldestMs: now - limits.retentionMs,
    });
    metrics.screened(screened);
    diagnostics.countRejected(component.componentId, screened);
    if (screened.lines + screened.unstoredLines === 0) throw noValidLines(screened);
    const epoch = await this.#store(screened, precision);
    diagnostics.countAccepted(component.componentId, screened);
    this.#options.onData?.(component, screened.nodes);
    return { epoch, rejectedLines: screened.rejected };
  }

  async #store(screened: Screened, precision: Precision): Promise<string> {
    const { metrics } = this.#options;
    const result = await this.#write(screened, precision);
    metrics.written(result.ok ? 'ok' : result.reason, screened.samples);
    this.#logChange(result.ok ? undefined : result);
    if (result.ok) return result.epoch;
    throw refused(result, screened.rejected);
  }

  #write({ body, derived }: Screened, precision: Precision): Promise<WriteResult> {
    // Nothing to write, but the sender may let the lines go only while the store is there.
    if (body.length + derived.length === 0) return this.#options.writer.epoch();
    if (derived.length === 0) return this.#coalescer.write(body, precision);
    if (precision === 'ns') return this.#coalescer.write(Buffer.concat([body, derived]), 'ns');
    return this.#writeApart(body, Buffer.from(derived), precision);
  }

  async #writeApart(body: Buffer, derived: Buffer, precision: Precision): Promise<WriteResult> {
    const first = await this.#coalescer.write(derived, 'ns');
    return first.ok && body.length > 0 ? this.#coalescer.write(body, precision) : first;
  }

  #logChange(failure: StoreRefusal | undefined): void {
    const reason = failure?.reason ?? '';
    if (reason === this.#lastFailure) return;
    this.#lastFailure = reason;
    if (failure)
      this.#options.logger.warn({ reason, cause: failure.cause }, 'metric store does not take data');
    else this.#options.logger.info('metric store takes data again');
  }
}

function noValidLines(screened: Screened): AppError {
  const errors = screened.named.map(({ line, code }) => ({
    path: `line ${line}`,
    message: REJECT_REASONS[code - 1] ?? '',
  }));
  const message = screened.rejected === 0 ? 'The body holds no line.' : 'No line of the body is good.';
  return appError('no_valid_lines', message, { details: { errors, rejectedLines: screened.rejected } });
}

function refused(failure: StoreRefusal, rejectedLines: number): AppError {
  return failure.retry
    ? appError('metrics_unavailable', 'The metric store does not take data at the moment.', {
        details: { rejectedLines },
        cause: new Error(failure.cause),
      })
    : appError('no_valid_lines', 'The metric store refuses these lines.', { details: { rejectedLines } });
}
