import type { InputPlugin } from '../../input.ts';
import { SnmpInput } from './snmp-input.ts';
import { parseSnmpOptions, type SnmpOptions } from './snmp-options.ts';

/** SNMP v1, v2c and v3: single objects and tables, with Telegraf's options and output. */
export const plugin: InputPlugin<SnmpOptions> = {
  name: 'snmp',
  parse: parseSnmpOptions,
  create: (options, context) => new SnmpInput(options, context),
};
