import type { InputPlugin } from './input.ts';

/** A plugin whose options stay between its own `parse` and `create`. */
export type AnyInputPlugin = InputPlugin<unknown>;

type Loader = () => Promise<{ readonly plugin: unknown }>;

/**
 * The inputs of this engine. Each is loaded when a config first uses it, so that an agent's engine holds no SNMP in
 * memory and a collector's no disk reading. A config that names any other plugin is refused by name.
 */
const LOADERS: Readonly<Record<string, Loader>> = {
  cpu: () => import('./inputs/cpu/cpu-input.ts'),
  disk: () => import('./inputs/disk/disk-input.ts'),
  diskio: () => import('./inputs/diskio/diskio-input.ts'),
  http_response: () => import('./inputs/http_response/http-response-input.ts'),
  internal: () => import('./inputs/internal/internal-input.ts'),
  kernel: () => import('./inputs/kernel/kernel-input.ts'),
  linux_sysctl_fs: () => import('./inputs/linux_sysctl_fs/linux-sysctl-fs-input.ts'),
  mem: () => import('./inputs/mem/mem-input.ts'),
  net: () => import('./inputs/net/net-input.ts'),
  ping: () => import('./inputs/ping/ping-input.ts'),
  processes: () => import('./inputs/processes/processes-input.ts'),
  snmp: () => import('./inputs/snmp/snmp-input.ts'),
  swap: () => import('./inputs/swap/swap-input.ts'),
  system: () => import('./inputs/system/system-input.ts'),
  systemd_units: () => import('./inputs/systemd_units/systemd-units-input.ts'),
  vsphere: () => import('./inputs/vsphere/vsphere-input.ts'),
  x509_cert: () => import('./inputs/x509_cert/x509-cert-input.ts'),
};

export const INPUT_NAMES: readonly string[] = Object.keys(LOADERS);

/** Loads a plugin; undefined when this engine does not have it. */
export async function loadInput(name: string): Promise<AnyInputPlugin | undefined> {
  const loader = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  if (loader === undefined) return undefined;
  const { plugin } = await loader();
  return plugin as AnyInputPlugin;
}
