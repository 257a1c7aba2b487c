import type { ConformanceCase } from '../conformance-case.ts';
import { VCENTER } from '../stage/simulated-vcenter.ts';
import { templateBlocks } from './template-blocks.ts';

const TARGET = {
  vcenters: [VCENTER.url],
  username: VCENTER.username,
  password: VCENTER.password,
  disconnected_servers_behavior: 'ignore',
};
const HEAD = Object.entries(TARGET)
  .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  .join('\n');
const KINDS = ['cluster', 'datacenter', 'datastore', 'host', 'resource_pool', 'vm'];

function vsphere(
  what: string,
  counters: Readonly<Record<string, readonly string[]>>,
  more = '',
): ConformanceCase {
  const lines = KINDS.map((kind) =>
    counters[kind] === undefined
      ? `${kind}_metric_exclude = ["*"]`
      : `${kind}_include = ["/**"]\n${kind}_metric_include = ${JSON.stringify(counters[kind])}`,
  );
  return {
    name: `vsphere ${what}`,
    input: 'vsphere',
    run: 'vsphere',
    needs: 'vcsim',
    options: `${HEAD}\n${lines.join('\n')}\n${more}`,
  };
}

const VM = [
  'cpu.usage.average',
  'cpu.ready.summation',
  'mem.usage.average',
  'virtualDisk.read.average',
  'sys.uptime.latest',
];

export const VSPHERE_CASES: readonly ConformanceCase[] = [
  ...templateBlocks('vcenter', TARGET)
    .filter(({ plugin }) => plugin === 'vsphere')
    .map(
      ({ id, plugin, options }): ConformanceCase => ({
        name: `by the template vcenter: ${id}`,
        input: plugin,
        run: 'vsphere',
        needs: 'vcsim',
        options,
        series: 40,
      }),
    ),
  vsphere('machines and hosts, each instance', {
    vm: [...VM, 'net.bytesRx.average', 'datastore.read.average', 'disk.maxTotalLatency.latest'],
    host: [
      'cpu.usage.average',
      'disk.read.average',
      'storageAdapter.read.average',
      'storagePath.read.average',
      'rescpu.actav1.latest',
    ],
  }),
  vsphere('machines in sum', { vm: VM }, 'vm_instances = false'),
  vsphere(
    'fractions',
    { vm: ['cpu.usagemhz.average', 'mem.usage.average'], host: ['power.power.average'] },
    'use_int_samples = false\nvm_instances = false\nhost_instances = false',
  ),
  vsphere('clusters, pools and data centres', {
    cluster: ['cpu.usage.average', 'cpu.usagemhz.average', 'mem.consumed.average', 'vmop.numVMotion.latest'],
    resource_pool: ['cpu.usagemhz.average', 'mem.consumed.average'],
    datacenter: ['vmop.numPoweron.latest', 'vmop.numVMotion.latest'],
  }),
  vsphere('datastores', {
    datastore: [
      'disk.used.latest',
      'disk.capacity.latest',
      'datastore.numberReadAveraged.average',
      'datastore.throughput.usage.average',
    ],
  }),
  vsphere('counters that there are not', { vm: ['cpu.usage.average', 'cpu.nosuch.average'] }),
  vsphere(
    'few counters of a question',
    { vm: VM, cluster: ['cpu.usage.average', 'mem.usage.average'] },
    'max_query_metrics = 1\nmax_query_objects = 1',
  ),
];
