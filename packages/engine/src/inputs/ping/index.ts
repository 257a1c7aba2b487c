import type { InputPlugin } from '../../input.ts';
import { PingInput } from './ping-input.ts';
import { type PingOptions, parsePingOptions } from './ping-options.ts';

/** Reachability by ICMP echo, with Telegraf's options and output. */
export const plugin: InputPlugin<PingOptions> = {
  name: 'ping',
  parse: parsePingOptions,
  create: (options, context) => new PingInput(options, context),
};
