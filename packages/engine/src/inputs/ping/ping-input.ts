import type { Input, InputContext, InputPlugin, Sink, TargetStatus } from '../../input.ts';
import { type PingOptions, parsePingOptions } from './ping-options.ts';
import { type PingResult, pingFields } from './ping-result.ts';
import { type PingMethod, PingService } from './ping-service.ts';

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
      () => new PingService(context.clock, context.logger),
    );
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const { urls, hosts, settings } = this.#options;
    const { results, method } = await this.#service.ping(hosts, settings, signal);
    let worst: { status: TargetStatus; message: string } | undefined;
    for (const [index, url] of urls.entries()) {
      const result = results.get(hosts[index] ?? '') ?? {
        kind: 'unsendable',
        reason: 'There was no answer.',
      };
      sink.metric('ping', { url }, pingFields(result, settings.percentiles));
      const fault = faultOf(result, method);
      if (fault !== undefined) {
        worst ??= hosts.length === 1 ? fault : { ...fault, message: `${url}: ${fault.message}` };
      }
    }
    this.#context.reportStatus(worst?.status ?? 'ok', worst?.message ?? remarkOn(method));
  }
}

function faultOf(
  result: PingResult,
  method: PingMethod,
): { status: TargetStatus; message: string } | undefined {
  if (result.kind === 'unsendable') return { status: 'refused', message: result.reason };
  if (result.kind === 'answered') return undefined;
  const packets = result.sent === 1 ? '1 packet' : `${result.sent} packets`;
  return method === 'tcp'
    ? { status: 'timeout', message: 'No answer to TCP connections (ICMP cannot be sent from here).' }
    : { status: 'timeout', message: `No answer to ping (${packets} sent).` };
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
