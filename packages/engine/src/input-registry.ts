import type { InputPlugin } from './input.ts';

/** A plugin whose options stay between its own `parse` and `create`. */
export type AnyInputPlugin = InputPlugin<unknown>;

type Loader = () => Promise<{ readonly plugin: unknown }>;

/**
 * The inputs of this engine. Each is loaded when a config first uses it, so that an agent's engine holds no SNMP in
 * memory and a collector's no disk reading. A config that names any other plugin is refused by name.
 */
const LOADERS: Readonly<Record<string, Loader>> = {
  cpu: () => import('./inputs/cpu/index.ts'),
  disk: () => import('./inputs/disk/index.ts'),
  diskio: () => import('./inputs/diskio/index.ts'),
  http_response: () => import('./inputs/http_response/index.ts'),
  internal: () => import('./inputs/internal/index.ts'),
  kernel: () => import('./inputs/kernel/index.ts'),
  linux_sysctl_fs: () => import('./inputs/linux_sysctl_fs/index.ts'),
  mem: () => import('./inputs/mem/index.ts'),
  net: () => import('./inputs/net/index.ts'),
  ping: () => import('./inputs/ping/index.ts'),
  processes: () => import('./inputs/processes/index.ts'),
  snmp: () => import('./inputs/snmp/index.ts'),
  swap: () => import('./inputs/swap/index.ts'),
  system: () => import('./inputs/system/index.ts'),
  systemd_units: () => import('./inputs/systemd_units/index.ts'),
  x509_cert: () => import('./inputs/x509_cert/index.ts'),
};

export const INPUT_NAMES: readonly string[] = Object.keys(LOADERS);

/** Loads a plugin; undefined when this engine does not have it. */
export async function loadInput(name: string): Promise<AnyInputPlugin | undefined> {
  const loader = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  if (loader === undefined) return undefined;
  const { plugin } = await loader();
  return plugin as AnyInputPlugin;
}
