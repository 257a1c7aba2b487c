import { isUtf8 } from 'node:buffer';
import type { OutboundGuard } from '@stratora/runtime';
import {
  type FieldValue,
  type Input,
  type InputContext,
  type InputPlugin,
  integer,
  type Sink,
  type TargetStatus,
} from '../../input.ts';
import { guardOf } from '../engine-names.ts';
import { matchesInTime } from './bounded-match.ts';
import { type Answer, type Exchange, exchange } from './http-exchange.ts';
import { type HttpResponseOptions, parseHttpOptions } from './http-options.ts';

/** Telegraf's result words and their codes. */
const RESULT_CODES = {
  success: 0n,
  response_string_mismatch: 1n,
  body_read_error: 2n,
  connection_failed: 3n,
  timeout: 4n,
  dns_error: 5n,
  response_status_code_mismatch: 6n,
} as const;
type Result = keyof typeof RESULT_CODES;

interface Metric {
  readonly tags: Record<string, string>;
  readonly fields: Record<string, FieldValue>;
}

/** The checks of one `[[inputs.http_response]]` block. */
export class HttpResponseInput implements Input {
  readonly #options: HttpResponseOptions;
  readonly #context: InputContext;
  readonly #guard: OutboundGuard;

  constructor(options: HttpResponseOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
    this.#guard = guardOf(context.services);
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const { urls, servers } = this.#options;
    const outcomes = await Promise.all(
      urls.map(async (url, index) => {
        const outcome = await exchange(url, this.#options, this.#guard, signal);
        const { tags, fields } = this.#describe(servers[index] ?? url.href, outcome);
        sink.metric('http_response', tags, fields);
        return outcome;
      }),
    );
    this.#report(outcomes);
  }

  #describe(server: string, outcome: Exchange): Metric {
    const metric: Metric = { tags: { server, method: this.#options.method }, fields: {} };
    if (outcome.kind === 'failed') return withResult(metric, outcome.result);
    this.#addAnswer(metric, outcome.answer);
    if (outcome.kind === 'cut') return this.#unreadable(metric, outcome.receivedBytes);
    return this.#judgeBody(metric, outcome.answer, outcome.body);
  }

  #addAnswer({ tags, fields }: Metric, answer: Answer): void {
    for (const [header, tag] of Object.entries(this.#options.headerTags)) {
      const value = answer.headers[header];
      if (value !== undefined) tags[tag] = value;
    }
    tags['status_code'] = String(answer.status);
    fields['http_response_code'] = integer(answer.status);
    fields['response_time'] = Math.round(answer.elapsedMs * 1000) / 1e6;
  }

  #unreadable(metric: Metric, bytes: number): Metric {
    metric.fields['content_length'] = integer(bytes);
    if (this.#options.pattern !== undefined) metric.fields['response_string_match'] = 0n;
    return withResult(metric, 'body_read_error');
  }

  #judgeBody(metric: Metric, answer: Answer, body: Buffer): Metric {
    const { pattern, expectedStatus, bodyField } = this.#options;
    const { fields } = metric;
    if (bodyField !== undefined) {
      if (!isUtf8(body)) return this.#unreadable(metric, body.length);
      fields[bodyField] = body.toString();
    }
    fields['content_length'] = integer(body.length);
    let result: Result = 'success';
    if (pattern !== undefined) {
      const isMatch = matchesInTime(pattern, body.toString());
      if (isMatch === undefined) {
        this.#context.logger.warn('response_string_match takes too long on this page and was given up');
      }
      fields['response_string_match'] = isMatch === true ? 1n : 0n;
      if (isMatch !== true) result = 'response_string_mismatch';
    }
    if (expectedStatus > 0) {
      fields['response_status_code_match'] = answer.status === expectedStatus ? 1n : 0n;
      if (answer.status !== expectedStatus) result = 'response_status_code_mismatch';
    }
    return withResult(metric, result);
  }

  #report(outcomes: readonly Exchange[]): void {
    const at = outcomes.findIndex((outcome) => outcome.kind !== 'answered');
    const worst = outcomes[at];
    if (worst === undefined || worst.kind === 'answered') {
      this.#context.reportStatus('ok', '');
      return;
    }
    const server = outcomes.length === 1 ? '' : `${this.#options.servers[at]}: `;
    this.#context.reportStatus(statusOf(worst), `${server}${worst.reason}`, worst.detail);
  }
}

function withResult(metric: Metric, result: Result): Metric {
  metric.tags['result'] = result;
  metric.fields['result_type'] = result;
  metric.fields['result_code'] = RESULT_CODES[result];
  return metric;
}

function statusOf(outcome: Exclude<Exchange, { kind: 'answered' }>): TargetStatus {
  if (outcome.kind === 'cut') return 'bad_answer';
  return outcome.result === 'timeout' ? 'timeout' : 'refused';
}

/** Checks of web addresses, with Telegraf's options and output. */
export const plugin: InputPlugin<HttpResponseOptions> = {
  name: 'http_response',
  parse: parseHttpOptions,
  create: (options, context) => new HttpResponseInput(options, context),
};
