import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createCredentialSchema,
  createNodeSchema,
  type DeviceTemplate,
  deviceTemplateSchema,
  PURPOSE_OF_TYPE,
  registerRequestSchema,
  resolveDeviceTemplate,
} from '@stratora/contract';
import { readConfig } from '@stratora/telegraf';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../../../telegraf/src/any-text.test-support.ts';
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
const generic = prepareTemplate(resolveDeviceTemplate('generic-snmp', own));
const ID = '01970000-0000-7000-8000-000000000001';
const collector: RenderComponent = { id: ID, type: 'collector', hostname: 'hall-3', engineChoice: 'auto' };

function render(component: RenderComponent, targets: readonly RenderTarget[]) {
  const { text, leftOut } = renderConfigText(component, targets);
  return { text: text.toString(), leftOut };
}

/** Texts that look like what the field wants, with anything in them. */
const around = (before: string, after: string) => anyText.map((text) => `${before}${text}${after}`);
const anyNode = fc.record({
  name: fc.oneof(anyText, around('core', '')),
  ip_address: fc.oneof(
    anyText,
    around('10.0.0.', ''),
    around('', '.example.org'),
    fc.constant('2001:db8::1'),
  ),
  url: fc.oneof(
    around('https://', ''),
    around('https://example.org/', ''),
    around('http://example.org/?q=', 'x'),
  ),
});
const anyCredential = fc.oneof(
  anyText.map((community) => ({ type: 'snmp_v2c', name: 'c', secret: { community } })),
  fc.tuple(anyText, anyText, anyText).map(([username, auth, context]) => ({
    type: 'snmp_v3',
    name: 'c',
    secret: {
      username,
      security_level: 'authNoPriv',
      auth_protocol: 'SHA',
      auth_password: `12345678${auth}`,
      context_name: context,
    },
  })),
);

/** Plugins by the headers of the text, since a reader that is fooled could be fooled alike. */
function pluginsIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^\[\[([a-z]+\.[a-z0-9_]+)\]\]$/.exec(line)?.[1] ?? []);
}

function pluginsOf({ template, credentials, node }: RenderTarget): readonly string[] {
  return template.inputs
    .filter(({ requires }) => requires !== 'snmp_credential' || credentials.snmp !== undefined)
    .filter(({ requires }) => requires !== 'https_url' || (node.url?.startsWith('https://') ?? false))
    .map(({ plugin }) => `inputs.${plugin}`);
}

function targetOf(node: unknown, credential: unknown): RenderTarget | undefined {
  const named = createNodeSchema.safeParse({ ...(node as object), template: 'generic-snmp' });
  const secret = createCredentialSchema.safeParse(credential);
  if (!named.success || !secret.success) return undefined;
  const { name, ip_address: ipAddress, snmp_port: snmpPort, url } = named.data;
  return {
    node: { id: ID, name, ipAddress, snmpPort, url: url ?? null },
    template: generic,
    credentials: { [PURPOSE_OF_TYPE[secret.data.type]]: secret.data },
  };
}

describe('whatever the API takes', () => {
  it('from users reaches the config literally, or the node is left out, and no plugin comes of it', () => {
    let rendered = 0;
    const check = (node: unknown, credential: unknown): void => {
      const target = targetOf(node, credential);
      if (target === undefined) return;
      const { text, leftOut } = render(collector, [target]);
      if (leftOut.length > 0) {
        expect(pluginsIn(text)).toEqual([]);
        return;
      }
      rendered += 1;
      expect(pluginsIn(text).filter((name) => name.startsWith('inputs.'))).toEqual(pluginsOf(target));
      const { config } = readConfig(text);
      for (const { plugin, options, tags } of config.inputs) {
        expect(tags).toEqual({ node_id: ID, node_name: target.node.name });
        if (plugin === 'ping') expect(options['urls']).toEqual([target.node.ipAddress]);
        if (plugin === 'http_response') expect(options['urls']).toEqual([target.node.url]);
        if (plugin !== 'snmp') continue;
        const { secret } = target.credentials.snmp ?? {};
        if (secret !== undefined && 'community' in secret)
          expect(options['community']).toBe(secret.community);
        if (secret === undefined || !('username' in secret)) continue;
        expect(options['sec_name']).toBe(secret.username);
        expect(options['auth_password']).toBe(secret.auth_password);
        expect(options['context_name'] ?? '').toBe(secret.context_name);
      }
    };
    const plain = { name: 'core', ip_address: '10.0.0.1', url: 'https://example.org/' };
    const secret = { type: 'snmp_v2c', name: 'c', secret: { community: 'public' } };
    fc.assert(
      fc.property(anyNode, anyCredential, (node, credential) => {
        check(node, credential);
        // Each field beside plain ones: a fault of one must not hide what another does.
        for (const name of ['name', 'ip_address', 'url'] as const)
          check({ ...plain, [name]: node[name] }, secret);
        check(plain, credential);
      }),
      { numRuns: 400 },
    );
    expect(rendered).toBeGreaterThan(400);
  });

  it('from a component that registers is its host tag and nothing else', () => {
    const agent = { ...own.get('linux-agent') } as DeviceTemplate;
    const node = { id: ID, name: 'press-07', ipAddress: '10.0.0.1', snmpPort: 161, url: null };
    const target: RenderTarget = { node, template: prepareTemplate(agent), credentials: {} };
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(anyText, around('press', '')), (hostname) => {
        const request = registerRequestSchema.safeParse({
          enrollment_token: 'x'.repeat(43),
          component_type: 'agent',
          hostname,
          version: '1',
          os: 'linux',
          arch: 'x64',
        });
        const name = request.success ? request.data.hostname : undefined;
        if (name === undefined || !name.isWellFormed()) return;
        taken += 1;
        const { text } = render({ id: ID, type: 'agent', hostname: name, engineChoice: 'auto' }, [target]);
        expect(pluginsIn(text)).toEqual(pluginsOf(target));
        expect(readConfig(text).config.agent.hostname).toBe(name);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(5);
  });

  it('from the author of a template is an option of that input and nothing else', () => {
    fc.assert(
      fc.property(anyText, anyText, (context, name) => {
        const made = deviceTemplateSchema.safeParse({
          slug: 'own',
          name: 'x',
          description: '',
          gathered_by: 'agent',
          platform: 'windows',
          inputs: [
            { id: 'a', plugin: 'win_services', options: { service_names: [context, 'x'] } },
            {
              id: 'b',
              plugin: 'win_perf_counters',
              object: [
                {
                  ObjectName: `O${context}`,
                  Measurement: 'win_o',
                  Instances: [`i${name}`],
                  Counters: [`c${name}`],
                },
              ],
            },
          ],
        });
        if (!made.success) return;
        const node = { id: ID, name: 'host', ipAddress: '10.0.0.1', snmpPort: 161, url: null };
        const component: RenderComponent = { id: ID, type: 'agent', hostname: 'host', engineChoice: 'auto' };
        const { text, leftOut } = render(component, [
          { node, template: prepareTemplate(made.data), credentials: {} },
        ]);
        if (leftOut.length > 0) {
          expect(`${context}${name}`.isWellFormed() && context.isWellFormed()).toBe(false);
          return;
        }
        expect(pluginsIn(text)).toEqual(['inputs.win_services', 'inputs.win_perf_counters']);
        const { config } = readConfig(text, { allowedInputs: ['win_services', 'win_perf_counters'] });
        expect(config.inputs[0]?.options['service_names']).toEqual([context, 'x']);
        expect(config.inputs[1]?.options['object']).toMatchObject([
          { ObjectName: `O${context}`, Counters: [`c${name}`] },
        ]);
      }),
      { numRuns: 200 },
    );
  });
});
