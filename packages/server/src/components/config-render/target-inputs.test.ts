import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deviceTemplateSchema } from '@stratora/contract';
import { readConfig } from '@stratora/telegraf';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { renderConfigText } from './config-text.ts';
import { prepareTemplate, type RenderTarget, type SnmpCredential } from './target-inputs.ts';

const file = resolve(import.meta.dirname, '../../../../../templates/generic-snmp.toml');
const template = prepareTemplate(deviceTemplateSchema.parse(parse(readFileSync(file, 'utf8'))));
const component = { id: 'c1', type: 'collector' as const, hostname: 'hall-3', engineChoice: 'auto' as const };

const VSPHERE = {
  id: 'vsphere',
  plugin: 'vsphere' as const,
  requires: 'vsphere_credential' as const,
  options: {},
  field: [],
  table: [],
  object: [],
};

function target(changes: Partial<RenderTarget['node']> = {}, snmp?: SnmpCredential): RenderTarget {
  return {
    node: { id: 'n1', name: 'press-07', ipAddress: 'fe80::1', snmpPort: 1161, url: null, ...changes },
    template,
    credentials: snmp ? { snmp } : {},
  };
}

describe('the inputs of a node', () => {
  it('put an IPv6 address in brackets and use the words of SNMPv3', () => {
    const secret = {
      username: 'monitor',
      security_level: 'authPriv' as const,
      auth_protocol: 'SHA256' as const,
      auth_password: 'auth pass phrase',
      priv_protocol: 'AES' as const,
      priv_password: 'priv pass phrase',
    };
    const { config } = readConfig(
      renderConfigText(component, [target({}, { type: 'snmp_v3', secret })]).text.toString(),
    );
    expect(config.inputs.find(({ plugin }) => plugin === 'snmp')?.options).toMatchObject({
      agents: ['udp://[fe80::1]:1161'],
      version: 3,
      sec_name: 'monitor',
      sec_level: 'authPriv',
      auth_protocol: 'SHA256',
      auth_password: 'auth pass phrase',
      priv_protocol: 'AES',
      priv_password: 'priv pass phrase',
    });
  });

  it('ask a fragile device at its own pace, of which each key goes before that of its template', () => {
    const own = target(
      { snmpPace: { requests_per_second: 2, getbulk: false, interval_seconds: 60 } },
      { type: 'snmp_v1', secret: { community: 'public' } },
    );
    const { text, leftOut } = renderConfigText(component, [own]);
    expect(leftOut).toEqual([]);
    const { inputs } = readConfig(text.toString()).config;
    const polled = inputs.filter(({ plugin }) => plugin === 'snmp');
    expect(polled.length).toBeGreaterThan(1);
    for (const input of polled) {
      expect(input.options).toMatchObject({ requests_per_second: 2, getbulk: false, version: 1 });
      expect(input.intervalMs).toBeGreaterThanOrEqual(60_000);
    }
    expect(inputs.find(({ plugin }) => plugin === 'ping')?.intervalMs).not.toBe(60_000);
  });

  it('leave a device whose pace Telegraf cannot keep to out of a config for Telegraf, and say so', () => {
    const own = target(
      { snmpPace: { getbulk: false } },
      { type: 'snmp_v1', secret: { community: 'public' } },
    );
    const { text, leftOut } = renderConfigText({ ...component, engineChoice: 'telegraf' }, [own]);
    expect(leftOut).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('Telegraf cannot keep to') }),
    ]);
    expect(readConfig(text.toString()).config.inputs).toEqual([]);
    const bounded = target(
      { snmpPace: { max_repetitions: 5 } },
      { type: 'snmp_v1', secret: { community: 'public' } },
    );
    expect(renderConfigText({ ...component, engineChoice: 'telegraf' }, [bounded]).leftOut).toEqual([]);
  });

  it('leave SNMP out of a node that has no credential for it', () => {
    const { config } = readConfig(renderConfigText(component, [target()]).text.toString());
    expect(config.inputs.some(({ plugin }) => plugin === 'snmp')).toBe(false);
  });

  describe('of a vCenter', () => {
    const read = (
      changes: Partial<RenderTarget['node']>,
      secret = { username: 'reader', password: 'a phrase' },
    ) => {
      const rendered = renderConfigText(component, [
        {
          ...target({ ipAddress: '10.0.0.4', ...changes }),
          template: prepareTemplate({ gathered_by: 'collector', inputs: [VSPHERE] }),
          credentials: { vsphere: { type: 'vsphere', secret } },
        },
      ]);
      const { config } = readConfig(rendered.text.toString());
      return { options: config.inputs[0]?.options, leftOut: rendered.leftOut };
    };

    it.each([
      [{}, 'https://10.0.0.4/sdk'],
      [{ ipAddress: 'vc.example.org' }, 'https://vc.example.org/sdk'],
      [{ ipAddress: '2001:db8::4' }, 'https://[2001:db8::4]/sdk'],
      [{ url: 'https://vc.example.org:8443/ui/' }, 'https://vc.example.org:8443/sdk'],
      [{ url: 'http://intranet.example.org/vc' }, 'https://10.0.0.4/sdk'],
    ])('%j asks %s', (changes, address) => {
      expect(read(changes).options).toMatchObject({
        vcenters: [address],
        username: 'reader',
        password: 'a phrase',
        disconnected_servers_behavior: 'ignore',
      });
    });

    it('leave a node out that has no web address, in words', () => {
      expect(read({ ipAddress: 'fe80::1%eth0' }).leftOut).toMatchObject([
        { reason: expect.stringContaining('zone') },
      ]);
    });

    it('are left out without a credential', () => {
      const template = prepareTemplate({
        gathered_by: 'collector',
        inputs: [{ ...VSPHERE, requires: undefined }],
      });
      const { text, leftOut } = renderConfigText(component, [{ ...target(), template }]);
      expect(readConfig(text.toString()).config.inputs).toEqual([]);
      expect(leftOut).toEqual([]);
    });
  });

  it('carry any text of a user literally and cannot gain an input by it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ minLength: 1, maxLength: 60 }),
        (name, community) => {
          const rendered = renderConfigText(component, [
            target({ name }, { type: 'snmp_v2c', secret: { community } }),
          ]);
          const { config } = readConfig(rendered.text.toString());
          if (rendered.leftOut.length > 0) {
            expect(config.inputs).toEqual([]);
            return;
          }
          expect(new Set(config.inputs.map(({ plugin }) => plugin))).toEqual(new Set(['snmp']));
          for (const { tags, options } of config.inputs) {
            expect(tags?.['node_name']).toBe(name);
            expect(options['community']).toBe(community);
          }
        },
      ),
    );
  });

  it('do not depend on the order of the rows', () => {
    const nodes = [target({ id: 'a' }), target({ id: 'b' }), target({ id: 'c' })];
    expect(renderConfigText(component, nodes).hash).toBe(
      renderConfigText(component, nodes.toReversed()).hash,
    );
  });
});
