import path from 'node:path';
import { componentOutput, inputsFor, readConfig, writeConfig } from '@stratora/telegraf';
import { loadTemplates } from '@stratora/templates';
import { renderConfigText } from '../packages/server/src/components/config-render/config-text.ts';
import { prepareTemplate } from '../packages/server/src/components/config-render/target-inputs.ts';

/** Number of interfaces of the large device, and of columns of its table in the template. */
export const INTERFACES = 10_000;
export const COLUMNS = 18;
export const SMALL_INTERFACES = 24;
export const INTERVAL_MS = 60_000;
export const COMMUNITY = 'public';

/** Addresses of the devices: two of them refuse GETBULK. */
export const DEVICES = {
  plain: '127.1.0.1',
  silent: '127.1.0.2',
  error: '127.1.0.3',
  small: '127.1.0.4',
} as const;
export type DeviceName = keyof typeof DEVICES;

/** Tags of a row beside its columns: collector_id, node_id, node_name, agent_host. */
const OTHER_TAGS = 4;
/** Share of the simulated interfaces that have an alias: an empty text is no cell. */
const EMPTY_ALIASES = INTERFACES - Math.floor(INTERFACES / 3);
export const CELLS = INTERFACES * (COLUMNS + OTHER_TAGS) - EMPTY_ALIASES;

/**
 * Renders the telegraf.conf of a collector for one device of `generic-snmp`, by the code that renders it in the
 * product, with what a component adds. Of the template's inputs the interfaces alone are left, read once an interval
 * and at a fixed time of it.
 */
export async function walkConf(target: {
  readonly device: DeviceName;
  readonly port: number;
  readonly offsetMs: number;
  readonly socketPath: string;
}): Promise<string> {
  const { templates } = await loadTemplates(path.resolve(import.meta.dirname, '../templates'));
  const whole = templates.get('generic-snmp');
  const inputs = whole?.inputs
    .filter(({ id }) => id === 'snmp_interfaces')
    .map((input) => ({ ...input, interval_seconds: INTERVAL_MS / 1_000 }));
  if (whole === undefined || inputs?.[0]?.table[0]?.field.length !== COLUMNS) {
    throw new Error(`the interface table of generic-snmp has other than ${COLUMNS} columns`);
  }
  const id = (last: number): string => `01970000-0000-7000-8000-${String(last).padStart(12, '0')}`;
  const { text } = renderConfigText(
    { id: id(1), type: 'collector', hostname: 'hall-1', engineChoice: 'auto' },
    [
      {
        node: {
          id: id(2),
          name: 'chassis',
          ipAddress: DEVICES[target.device],
          snmpPort: target.port,
          url: null,
        },
        template: prepareTemplate({ ...whole, inputs }),
        credentials: { snmp: { type: 'snmp_v2c', secret: { community: COMMUNITY } } },
      },
    ],
  );
  const allowedInputs = inputsFor({ type: 'collector', platform: process.platform });
  const { config } = readConfig(text.toString(), { allowedInputs });
  return writeConfig({
    ...config,
    agent: { ...config.agent, collectionJitterMs: 0, collectionOffsetMs: target.offsetMs },
    outputs: [componentOutput(`unix://${target.socketPath}`)],
  });
}
