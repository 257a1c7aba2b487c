import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DeviceTemplate, deviceTemplateSchema, resolveDeviceTemplate } from '@stratora/contract';
import { inputsFor, readConfig } from '@stratora/telegraf';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { type RenderComponent, renderConfigText } from './config-text.ts';
import { prepareTemplate, type RenderTarget } from './target-inputs.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../templates');
const own = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.toml'))
    .map((file): [string, DeviceTemplate] => {
      const template = deviceTemplateSchema.parse(parse(readFileSync(resolve(FOLDER, file), 'utf8')));
      return [template.slug, template];
    }),
);

const id = (last: number) => `01970000-0000-7000-8000-${String(last).padStart(12, '0')}`;
const collector: RenderComponent = { id: id(1), type: 'collector', hostname: 'hall-3', engineChoice: 'auto' };
const agent: RenderComponent = { id: id(2), type: 'agent', hostname: 'press-07', engineChoice: 'auto' };

function target(template: string, changes: Partial<RenderTarget['node']> = {}): RenderTarget {
  const node = { id: id(10), name: 'press 07', ipAddress: '192.0.2.7', snmpPort: 161, url: null, ...changes };
  return { node, template: prepareTemplate(resolveDeviceTemplate(template, own)), credentials: {} };
}

const v2c = { snmp: { type: 'snmp_v2c' as const, secret: { community: 'pu$blic "1"' } } };
const v3 = {
  snmp: {
    type: 'snmp_v3' as const,
    secret: {
      username: 'monitor',
      security_level: 'authPriv' as const,
      auth_protocol: 'SHA256' as const,
      auth_password: 'auth ${HOME} phrase',
      priv_protocol: 'AES256' as const,
      priv_password: 'priv pass phrase',
    },
  },
};
const polled: RenderTarget[] = [
  target('ping', { id: id(11), name: 'portal', url: 'https://portal.example.org/a?b=$c' }),
  { ...target('generic-snmp', { id: id(12), name: 'core 1', ipAddress: '2001:db8::1' }), credentials: v2c },
  {
    ...target('vcenter', { id: id(14), name: 'vc 1', ipAddress: 'vc.example.org' }),
    credentials: {
      vsphere: { type: 'vsphere', secret: { username: String.raw`CORP\reader`, password: 'pa$s "1" #' } },
    },
  },
  { ...target('generic-snmp', { id: id(13), name: 'Käse [edge]', snmpPort: 1161 }), credentials: v3 },
];

const CASES: readonly [string, RenderComponent, readonly RenderTarget[], string][] = [
  ['linux-agent', agent, [target('linux-agent')], 'linux'],
  ['windows-agent', agent, [target('windows-agent')], 'win32'],
  ['collector', collector, polled, 'linux'],
  ['collector-telegraf', { ...collector, engineChoice: 'telegraf' }, polled, 'linux'],
];

describe('the config of a component', () => {
  // `vitest -u` writes the files anew; look at the difference before it is committed.
  it.each(CASES)('%s is as it was', async (name, component, targets) => {
    const { text, leftOut } = renderConfigText(component, targets);
    expect(leftOut).toEqual([]);
    await expect(text.toString()).toMatchFileSnapshot(`./testcases/${name}.conf`);
  });

  it.each(CASES)(
    '%s passes the policy of its component, and of no other',
    (_, component, targets, platform) => {
      const { text } = renderConfigText(component, targets);
      const read = (type: 'agent' | 'collector', on: string) =>
        readConfig(text.toString(), { allowedInputs: inputsFor({ type, platform: on }) });
      expect(read(component.type, platform).config.inputs.length).toBeGreaterThan(0);
      const other = component.type === 'agent' ? 'collector' : 'agent';
      expect(() => read(other, platform)).toThrow('is not one that may run here');
      if (component.type === 'agent') {
        expect(() => read('agent', platform === 'win32' ? 'linux' : 'win32')).toThrow(
          'is not one that may run',
        );
      }
    },
  );
});
