import { type TelegrafConfig, writeConfig } from '@stratora/telegraf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, maskLargeText, maskSecrets } from './secret-mask.ts';

const KEY = Buffer.alloc(32, 7);
const fingerprint = fingerprintOf(KEY, 'component-1');
const mask = (text: string) => maskSecrets(text, fingerprint);

function write(plugin: string, options: TelegrafConfig['inputs'][number]['options']): string {
  return writeConfig({ agent: {}, globalTags: {}, inputs: [{ plugin, options }], outputs: [] });
}

describe('a config that people see', () => {
  it('shows everything but the secrets', () => {
    const shown = mask(
      write('snmp', {
        agents: ['udp://10.0.0.1:161'],
        version: 3,
        sec_name: 'monitor',
        sec_level: 'authPriv',
        auth_protocol: 'SHA256',
        auth_password: 'auth pass phrase',
        priv_protocol: 'AES',
        priv_password: 'priv pass phrase',
        community: 'plant',
        field: [{ name: 'uptime', oid: '1.3.6.1.2.1.1.3.0' }],
      }),
    );
    for (const open of ['monitor', 'authPriv', 'SHA256', 'AES', 'udp://10.0.0.1:161', 'uptime']) {
      expect(shown).toContain(open);
    }
    for (const secret of ['plant', 'auth pass', 'priv pass']) expect(shown).not.toContain(secret);
    expect(shown).toMatch(/^community = "\*\*\* [0-9a-f]{8}"$/m);
  });

  it('tells a changed secret from the same one, per component and per option', () => {
    const of = (community: string, prints = fingerprint) =>
      maskSecrets(`community = "${community}"\n`, prints);
    expect(of('plant')).toBe(of('plant'));
    expect(of('plant')).not.toBe(of('plant2'));
    expect(of('plant')).not.toBe(of('plant', fingerprintOf(KEY, 'component-2')));
    expect(of('plant')).not.toBe(of('plant', fingerprintOf(Buffer.alloc(32, 8), 'component-1')));
    expect(mask('auth_password = "x"\n').slice(-10)).not.toBe(mask('priv_password = "x"\n').slice(-10));
  });

  it.each([
    ['http_response', { username: 'me', password: 'hunter2!' }],
    ['http_response', { bearer_token: 'hunter2!' }],
    ['http_response', { headers: { 'X-Api-Key': 'hunter2!', Accept: 'x' } }],
    ['http_response', { http_headers: { Authorization: 'Bearer hunter2!' } }],
    ['http_response', { urls: ['https://me:hunter2!@10.0.0.1/status'] }],
    ['http_response', { urls: ['https://me:hunt"\\er2!@10.0.0.1/', 'https://plain.example/a@b'] }],
    ['http_response', { urls: ['https://10.0.0.1/status?access_token=hunter2!&page=2'] }],
    ['http_response', { headers: ['Authorization', 'hunter2!'] }],
    ['http_response', { body: '{"user":"me","login":"hunter2!"}' }],
    ['http_response', { body_form: { login: ['hunter2!'] } }],
    ['x509_cert', { tls_key_pwd: 'hunter2!' }],
    ['vsphere', { vcenters: ['https://u:hunter2!@vc/sdk'], vcenter_password: 'hunter2!' }],
    ['snmp', { auth: { secret: 'hunter2!' } }],
    ['snmp', { table: [{ name: 't', community: 'hunter2!' }] }],
  ])('hides the secret of %s %j', (plugin, options) => {
    const shown = mask(write(plugin, options));
    expect(shown).not.toContain('hunt');
    expect(shown).toContain('***');
    expect(shown).toContain(`[[inputs.${plugin}]]`);
  });

  it('is the same however large it is', async () => {
    const block = write('http_response', {
      headers: { A: 'hunter2!' },
      community: 'x',
      urls: ['https://a:b@c/'],
    });
    const text = `${block}\n`.repeat(16_000);
    expect(text.length).toBeGreaterThan(1024 * 1024);
    expect(await maskLargeText(text, fingerprint)).toBe(mask(text));
  });

  it('leaves filters and names that only sound like secrets as they are', () => {
    const text = 'namepass = ["a"]\nfieldpass = ["b"]\nsec_name = "x"\nkeepalive = true\n';
    expect(mask(text)).toBe(text);
  });

  it('shows no line that our writer would not have written', () => {
    expect(mask('community="plant"\n\tsecret plant\n')).not.toContain('plant');
  });

  it('lets nothing of a secret through, whatever is in it', () => {
    const secret = fc
      .string({ unit: 'binary', minLength: 8, maxLength: 40 })
      .filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(secret, (value) => {
        const shown = mask(write('snmp', { community: value, auth_password: value }));
        expect(shown.split('\n').slice(1)).toEqual([
          '',
          '[[inputs.snmp]]',
          expect.stringMatching(/^auth_password = "\*\*\* [0-9a-f]{8}"$/) as string,
          expect.stringMatching(/^community = "\*\*\* [0-9a-f]{8}"$/) as string,
          '',
        ]);
      }),
    );
  });
});
