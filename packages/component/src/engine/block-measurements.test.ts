import type { InputBlock } from '@stratora/telegraf';
import { describe, expect, it } from 'vitest';
import { blockMeasurements } from './block-measurements.ts';

describe('the measurements of a block', () => {
  const cases: readonly [what: string, block: InputBlock, names: readonly string[] | undefined][] = [
    [
      'are those of its tables and of its own fields',
      {
        plugin: 'snmp',
        options: { name: 'raw', field: [{ name: 'uptime' }], table: [{ name: 'interface' }] },
      },
      ['interface', 'raw'],
    ],
    [
      'are those of its tables alone without fields',
      { plugin: 'snmp', options: { table: [{ name: 'a' }] } },
      ['a'],
    ],
    ['are its plugin where fields have no other', { plugin: 'snmp', options: { field: [{}] } }, ['snmp']],
    [
      'are unknown of a table that its MIB names',
      { plugin: 'snmp', options: { table: [{ oid: '.1.3' }] } },
      undefined,
    ],
    [
      'are the kinds and groups of the counters of a vCenter',
      {
        plugin: 'vsphere',
        options: {
          vm_metric_include: ['cpu.usage.average', 'mem.usage.average'],
          resource_pool_metric_include: ['cpu.usagemhz.average'],
          host_metric_exclude: ['*'],
        },
      },
      ['vsphere_vm_cpu', 'vsphere_vm_mem', 'vsphere_resourcepool_cpu'],
    ],
    [
      'are unknown of a vCenter whose counters are patterns',
      { plugin: 'vsphere', options: { vm_metric_include: ['*.average'] } },
      undefined,
    ],
    ['are its plugin for most', { plugin: 'mem', options: {} }, ['mem']],
    [
      'are unknown of a plugin that names them by what it finds',
      { plugin: 'internal', options: {} },
      undefined,
    ],
    [
      'are unknown where the config renames them',
      { plugin: 'mem', options: {}, namePrefix: 'x_' },
      undefined,
    ],
  ];
  it.each(cases)('%s', (_, block, names) => {
    expect(blockMeasurements(block)).toEqual(names && new Set(names));
  });
});
