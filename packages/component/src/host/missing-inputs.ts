import { access } from 'node:fs/promises';

/** An input that cannot start on this host, and the reason as a target's status. */
export interface MissingInput {
  readonly plugin: string;
  readonly reason: string;
}

const SYSTEM_BUS = '/run/dbus/system_bus_socket';

/**
 * Finds the inputs of an agent that Telegraf cannot start here. It ends over a `systemd_units` that finds no D-Bus
 * system bus, and with it goes all monitoring of the host; the embedded engine reports such an input and goes on.
 *
 * @param bus the socket of the system bus
 */
export async function findMissingInputs(
  platform: NodeJS.Platform = process.platform,
  bus = SYSTEM_BUS,
): Promise<readonly MissingInput[]> {
  if (platform !== 'linux') return [];
  const isThere = await access(bus).then(
    () => true,
    () => false,
  );
  return isThere
    ? []
    : [{ plugin: 'systemd_units', reason: `systemd does not run on this host: there is no ${bus}` }];
}
