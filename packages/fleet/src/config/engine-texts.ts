import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentType } from '@stratora/contract';
import { inputsFor, omitInputs, readConfig } from '@stratora/telegraf';
import { withOutput } from './config-files.ts';
import type { EngineTexts } from './config-plan.ts';

/** Where the bus of the host's services is unless DBUS_SYSTEM_BUS_ADDRESS tells. */
const BUS_SOCKETS = ['systemd/private', 'dbus/system_bus_socket'];

/**
 * Composes what an engine reads. Our own engine checks what may run by itself; Telegraf would run anything, so its text
 * is read here first. It also ends over an input that cannot start, so that such inputs are left out for it.
 *
 * @param environment of the engine: DBUS_SYSTEM_BUS_ADDRESS and HOST_RUN
 */
export function engineTexts(type: ComponentType, environment: Readonly<Record<string, string>>): EngineTexts {
  return {
    async compose(kind, text, { url, generation }) {
      if (kind === 'embedded') return withOutput(text, url, generation);
      readConfig(text, { allowedInputs: inputsFor({ type, platform: process.platform }) });
      const missing = (await hasSystemBus(environment)) ? [] : ['systemd_units'];
      return withOutput(omitInputs(text, missing), url, generation);
    },
  };
}

async function hasSystemBus(environment: Readonly<Record<string, string>>): Promise<boolean> {
  if (environment['DBUS_SYSTEM_BUS_ADDRESS']) return true;
  const run = environment['HOST_RUN'] || '/run';
  for (const name of BUS_SOCKETS) {
    const isThere = await access(join(run, name)).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}

/** What Telegraf is told to gather, for what its log and its samples say of it. */
export function configuredTargets(
  text: string,
  type: ComponentType,
): { alias: string | undefined; nodeId: string; input: string; intervalMs: number }[] {
  const allowedInputs = inputsFor({ type, platform: process.platform });
  const { config } = readConfig(text, { allowedInputs, outputs: true });
  const usualMs = config.agent.intervalMs ?? 10_000;
  return config.inputs.flatMap(({ plugin: input, alias, tags, intervalMs }) => {
    const nodeId = tags?.['node_id'];
    return nodeId === undefined ? [] : [{ alias, nodeId, input, intervalMs: intervalMs ?? usualMs }];
  });
}
