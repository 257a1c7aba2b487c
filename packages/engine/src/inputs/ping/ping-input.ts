import { isAddress } from '@stratora/runtime';
import type { Input, InputContext, InputPlugin, Sink, TargetStatus } from '../../input.ts';
import { pingSilent, pingUnsendable } from '../../target-words.ts';
import { namesOf } from '../engine-names.ts';
import { type PingOptions, parsePingOptions } from './ping-options.ts';
import { type PingResult, pingFields } from './ping-result.ts';
import { type PingAnswer, type PingMethod, PingService } from './ping-service.ts';

/** The pings of one `[[inputs.ping]]` block; the pinging itself is shared with all others. */
export class PingInput implements Input {
  readonly #options: PingOptions;
  readonly #context: InputContext;
  readonly #service: PingService;

  constructor(options: PingOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
    this.#service = context.services.get(
      'ping.service',
      () => new PingService(context.clock, context.logger, { names: namesOf(context.services) }),
    );
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const { urls, hosts } = this.#options;
    const targets = urls.map((url, index) => ({ url, host: hosts[index] ?? '' }));
    const faults = new Map<string, Fault>();
    let remark = '';
    const pingAll = async (some: readonly Target[]): Promise<void> => {
      if (some.length === 0) return;
      const { method } = await this.#pingSome(some, { sink, signal, faults });
      remark = remarkOn(method);
    };
    // A name waits for its name server; what needs none does not wait with it.
    const settled = await Promise.allSettled([
      pingAll(targets.filter(({ host }) => isAddress(host))),
      ...targets.filter(({ host }) => !isAddress(host)).map((target) => pingAll([target])),
    ]);
    const failed = settled.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const worst = urls.find((url) => faults.has(url)) ?? '';
    const fault = faults.get(worst);
    const prefix = urls.length === 1 ? '' : `${worst}: `;
    this.#context.reportStatus(
      fault?.status ?? 'ok',
      fault === undefined ? remark : `${prefix}${fault.message}`,
    );
  }

  async #pingSome(targets: readonly Target[], { sink, signal, faults }: Round): Promise<PingAnswer> {
    const { settings } = this.#options;
    const hosts = targets.map(({ host }) => host);
    const answer = await this.#service.ping(hosts, settings, signal);
    for (const { url, host } of targets) {
      const result = answer.results.get(host) ?? { kind: 'unsendable', reason: pingUnsendable() };
      sink.metric('ping', { url }, pingFields(result, settings.percentiles));
      const fault = faultOf(result, answer.method);
      if (fault !== undefined) faults.set(url, fault);
    }
    return answer;
  }
}

interface Fault {
  readonly status: TargetStatus;
  readonly message: string;
}

/** A host as it was given and the text to contact it by. */
interface Target {
  readonly url: string;
  readonly host: string;
}

/** One gather of a block. */
interface Round {
  readonly sink: Sink;
  readonly signal: AbortSignal;
  readonly faults: Map<string, Fault>;
}

function faultOf(result: PingResult, method: PingMethod): Fault | undefined {
  if (result.kind === 'unsendable') return { status: 'refused', message: result.reason };
  if (result.kind === 'answered') return undefined;
  return method === 'tcp'
    ? { status: 'timeout', message: 'No answer to TCP connections (ICMP cannot be sent from here).' }
    : { status: 'timeout', message: pingSilent() };
}

function remarkOn(method: PingMethod): string {
  return method === 'tcp' ? 'ICMP cannot be sent from here: measured by TCP connections.' : '';
}

/** Reachability by ICMP echo, with Telegraf's options and output. */
export const plugin: InputPlugin<PingOptions> = {
  name: 'ping',
  parse: parsePingOptions,
  create: (options, context) => new PingInput(options, context),
};
