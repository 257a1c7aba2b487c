import type { SnmpError, SnmpTarget } from '@stratora/snmp';
import { detailOf } from '../../failure-words.ts';
import type { Input, InputContext, InputPlugin, Sink } from '../../input.ts';
import { namesOf } from '../engine-names.ts';
import { AgentPoller } from './agent-poller.ts';
import { planBlock } from './block-plan.ts';
import { DeviceRegistry } from './device-registry.ts';
import { parseSnmpOptions, type SnmpOptions } from './snmp-options.ts';

/**
 * The polls of one `[[inputs.snmp]]` block: its agents are polled beside each other, so that a silent one delays no
 * other.
 */
export class SnmpInput implements Input {
  readonly #context: InputContext;
  readonly #registry: DeviceRegistry;
  readonly #pollers: readonly AgentPoller[];
  /** The node whose churn budget the rows count against, where the block names one. */
  readonly #node: string;

  constructor(options: SnmpOptions, context: InputContext) {
    this.#context = context;
    this.#registry = context.services.get(
      'snmp.devices',
      () => new DeviceRegistry(context.clock, namesOf(context.services)),
    );
    this.#node = context.tags['node_id'] ?? options.targets.map((target) => target.host).join(' ');
    const budget = this.#registry.holdSeries(this.#node);
    const plan = planBlock(options, (name) => context.keepsField(name));
    this.#pollers = options.targets.map((target: SnmpTarget) => {
      const session = this.#registry.manager.session(target);
      const poller = new AgentPoller({ context, registry: this.#registry, plan, session, budget });
      this.#registry.holdDevice(poller.device);
      return poller;
    });
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const settled = await Promise.allSettled(this.#pollers.map((poller) => poller.poll(sink, signal)));
    const crashed = settled.find((outcome) => outcome.status === 'rejected');
    if (crashed !== undefined) throw crashed.reason;
    const failures = settled.flatMap((outcome, index) => {
      const failure = outcome.status === 'fulfilled' ? outcome.value : undefined;
      return failure === undefined ? [] : [{ failure, host: this.#pollers[index]?.host ?? '' }];
    });
    this.#report(failures);
  }

  stop(): void {
    for (const poller of this.#pollers) {
      poller.close();
      this.#registry.releaseDevice(poller.device);
    }
    this.#registry.releaseSeries(this.#node);
  }

  #report(failures: readonly { readonly failure: SnmpError; readonly host: string }[]): void {
    const [worst] = failures;
    if (worst === undefined) {
      this.#context.reportStatus('ok', '');
      return;
    }
    const { failure, host } = worst;
    const message = this.#pollers.length === 1 ? failure.message : `${host}: ${failure.message}`;
    this.#context.reportStatus(failure.kind, message, detailOf(failure));
  }
}

/** SNMP v1, v2c and v3: single objects and tables, with Telegraf's options and output. */
export const plugin: InputPlugin<SnmpOptions> = {
  name: 'snmp',
  parse: parseSnmpOptions,
  create: (options, context) => new SnmpInput(options, context),
};
