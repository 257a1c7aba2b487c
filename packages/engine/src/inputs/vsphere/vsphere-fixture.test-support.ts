import type { TomlTable } from '@stratora/telegraf';
import { SharedServices } from '../../shared-services.ts';
import { createGuard } from '../engine-names.ts';
import { InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './vsphere-input.ts';
import type { VsphereOptions } from './vsphere-options.ts';

const KINDS = ['cluster', 'datacenter', 'datastore', 'host', 'resource_pool', 'vm'];

/** Makes options that measure nothing but what is given. */
export function optionsFor(url: string, more: TomlTable = {}): TomlTable {
  const off = KINDS.filter((kind) => more[`${kind}_metric_include`] === undefined);
  return {
    vcenters: [url],
    username: 'reader',
    password: 'a phrase',
    insecure_skip_verify: true,
    ...Object.fromEntries(off.map((kind) => [`${kind}_metric_exclude`, ['*']])),
    ...more,
  };
}

/** Makes an input that may reach the loopback. */
export function inputFor(options: TomlTable): InputHarness<VsphereOptions> {
  const services = new SharedServices();
  services.get('checks.guard', () => createGuard({ allow: ['127.0.0.0/8'] }));
  return new InputHarness(plugin, options, { services, intervalMs: 300_000 });
}
