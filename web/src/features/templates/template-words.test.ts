import { deviceTemplateSchema, type ProposalTable } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  inputWords,
  intervalWords,
  measurementsOf,
  needWords,
  tablesInOrder,
  walkFault,
} from './template-words.ts';

const template = deviceTemplateSchema.parse({
  slug: 'x',
  name: 'X',
  description: '',
  gathered_by: 'collector',
  inputs: [
    { id: 'ping', plugin: 'ping' },
    {
      id: 'both',
      plugin: 'snmp',
      requires: 'snmp_credential',
      options: { name: 'raw_x' },
      field: [{ name: 'one', oid: '1.3.6.1.2' }],
      table: [
        { name: 'interface', field: [{ name: 'two', oid: '1.3.6.1.3' }] },
        { name: 'raw_y', field: [{ name: 'two', oid: '1.3.6.1.4' }] },
      ],
    },
  ],
  metrics: [{ from: 'raw_y', measurement: 'device_cpu', fields: { a: 'two' } }],
});

describe('the words of a template', () => {
  it('say how often', () => {
    expect([undefined, 30, 60, 300, 3600, 7200].map(intervalWords)).toEqual([
      "at its component's interval",
      'every 30 s',
      'every minute',
      'every 5 minutes',
      'every hour',
      'every 2 hours',
    ]);
  });

  it('say what an input asks for, and of whom', () => {
    const [ping, both] = template.inputs;
    if (ping === undefined || both === undefined) throw new Error('there are two');
    expect([inputWords(ping), inputWords(both)]).toEqual(['ping', '2 tables, 1 object']);
    expect([needWords(ping), needWords(both)]).toEqual([undefined, 'only nodes with an SNMP credential']);
  });

  it('name what is stored, and no raw table', () => {
    expect(measurementsOf(template)).toEqual(['device_cpu', 'interface', 'ping']);
  });
});

describe('a walk', () => {
  it('is told from other files before it is sent', () => {
    expect(walkFault('1.3.6.1.2.1.1.1.0|4|x', 100)).toBeUndefined();
    expect(walkFault('.1.3.6.1.2.1.1.1.0|4x|00', 100)).toBeUndefined();
    expect(walkFault('SNMPv2-MIB::sysDescr.0 = STRING: x', 100)).toContain('no recording');
    expect(walkFault('1.3.6|4|x'.repeat(20), 100)).toContain('100 characters');
  });

  it('shows what is new before what is known', () => {
    const table = (use: ProposalTable['use'], oid: string) => ({ use, oid }) as ProposalTable;
    const shown = tablesInOrder([table('left_out', '1'), table('polled', '2'), table('proposed', '3')]);
    expect(shown.map(({ oid }) => oid)).toEqual(['3', '2', '1']);
  });
});
