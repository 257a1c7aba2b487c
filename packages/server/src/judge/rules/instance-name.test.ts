import { describe, expect, it } from 'vitest';
import { instanceName, keptLabels } from './instance-name.ts';

const NODE = {
  __name__: 'm',
  node_id: 'n',
  node_name: 'core',
  collector_id: 'c',
  host: 'h',
  agent_host: 'a',
};

describe('the instance of a series', () => {
  it('is empty where a series has only the labels of its node', () => {
    expect(instanceName(NODE, null)).toBe('');
    expect(instanceName({ ...NODE, cpu: 'cpu-total' }, [])).toBe('');
  });

  it('is every other label, in the order of the names, unless the definition names some', () => {
    expect(instanceName({ ...NODE, path: '/var', device: 'sda1' }, null)).toBe('sda1:/var');
    expect(instanceName({ ...NODE, path: '/var', device: 'sda1' }, ['path'])).toBe('/var');
    expect(instanceName({ ...NODE, b: '2', a: '1' }, ['b', 'a'])).toBe('1:2');
  });

  it('takes the first of several labels that is not empty', () => {
    const labels = ['ifName|ifDescr|ifIndex'];
    expect(instanceName({ ifName: 'Gi1/0/24', ifDescr: 'GigabitEthernet1/0/24' }, labels)).toBe('Gi1/0/24');
    expect(instanceName({ ifName: '', ifDescr: 'eth0' }, labels)).toBe('eth0');
    expect(instanceName({ ifIndex: '7' }, labels)).toBe('7');
    expect(instanceName({}, labels)).toBe('');
  });

  it('of an interface is not its ifIndex and ifAlias, unless that is all that names it', () => {
    const port = { ifDescr: 'GigabitEthernet1/0/24', ifName: 'Gi1/0/24', ifType: '6' };
    const named = 'GigabitEthernet1/0/24:Gi1/0/24:6';
    expect(instanceName({ ...NODE, ...port }, null)).toBe(named);
    expect(instanceName({ ...NODE, ...port, ifIndex: '24', ifAlias: 'uplink' }, null)).toBe(named);
    expect(instanceName({ ...NODE, ifIndex: '24', ifAlias: 'uplink' }, null)).toBe('uplink:24');
    const shipped = ['ifName|ifDescr|ifIndex', 'ifTwin'];
    expect(instanceName({ ...port, ifTwin: '24' }, shipped)).toBe('Gi1/0/24:24');
    expect(instanceName(port, shipped)).toBe(instanceName({ ...port, ifIndex: '24' }, shipped));
    expect(instanceName({ ifTwin: '24' }, shipped)).toBe('24');
  });

  it('leaves out a label that a series does not have', () => {
    expect(instanceName({ source: 'https://a' }, ['common_name', 'source'])).toBe('https://a');
    expect(instanceName({}, ['constructor'])).toBe('');
  });

  it('is cut where it is long, and still another one for another series', () => {
    const [one, two] = ['1', '2'].map((end) => instanceName({ path: 'x'.repeat(400) + end }, null));
    expect(one).toMatch(/^x{277}~[\w-]{22}$/);
    expect(two).not.toBe(one);
    expect(instanceName({ path: 'a\0\ud800' }, null)).toBe('a\ufffd');
  });
});

it('an alert keeps the labels that are not of the node', () => {
  expect(keptLabels({ ...NODE, path: '/var\0', device: 'sda1' })).toEqual({ path: '/var', device: 'sda1' });
});
