import { createNodeSchema, parseUnicastWebAddress } from '@stratora/contract';
import fc from 'fast-check';
import { prepareTemplate, type RenderNode, type RenderTarget } from './target-inputs.ts';

/** Texts that mean something to one of those that read an address. */
const PIECES =
  String.raw`. .. : :: % %25 %zz @ / // ? # [ ] _ - \ " ' $ ${'${'} { ü ß 。 １ 😀 a 1 0x eth0 xn-- @{a:b}`
    .split(' ')
    .concat(' ', '\n', '\u0000', '\u00a0');

/** Texts that are nearly an address: one with a piece put in somewhere, or pieces alone. */
function spoiled(good: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.constantFrom(...PIECES);
  const inserted = fc
    .tuple(good, piece, fc.nat())
    .map(
      ([text, put, at]) => text.slice(0, at % (text.length + 1)) + put + text.slice(at % (text.length + 1)),
    );
  return fc.oneof(
    good,
    inserted,
    fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
  );
}

function mostly(good: readonly string[], bad: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...good) }, fc.constantFrom(...bad));
}

const name = fc.stringMatching(/^[a-zA-Z0-9_]([a-z0-9_-]{0,8}[a-z0-9_])?(\.[a-z0-9_]{1,4}){0,3}\.?$/);
const linkLocal = fc.ipV6().map((text) => `fe80${text.slice(text.indexOf(':'))}`);
const zoned = fc
  .tuple(linkLocal, fc.stringMatching(/^[a-zA-Z0-9_.-]{0,17}$/))
  .map((parts) => parts.join('%'));
const host = fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6(), zoned, name);
const address = spoiled(host);
const url = spoiled(
  fc
    .tuple(
      mostly(['https://', 'http://', 'HTTPS://'], ['ftp://', 'https:', '']),
      mostly([''], ['u:p@', 'u@', ':p@', '@']),
      host.map((text) => (text.includes(':') ? `[${text}]` : text)),
      mostly(['', ':', ':8443'], [':0', ':65536']),
      fc.constantFrom('', '/', '/a/../b', '/a?b=c&d', '?x', '#y'),
    )
    .map((parts) => parts.join('')),
);

/** Nodes as a caller of the API may send them, most of them odd. */
export const sentNode = fc.record({
  name: fc.oneof(
    { weight: 4, arbitrary: fc.constant('press 07') },
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed()),
  ),
  ip_address: address,
  url: fc.option(url),
  snmp_port: fc.integer({ min: 0, max: 65_536 }),
});

/** The node as its row would be, were it taken without a look. */
export function rowOf(
  sent: typeof sentNode extends fc.Arbitrary<infer T> ? T : never,
  id: string,
): RenderNode {
  return { id, name: sent.name, ipAddress: sent.ip_address, snmpPort: sent.snmp_port, url: sent.url };
}

/** The node that the API makes of what is sent; undefined where it refuses it. */
export function acceptedNode(sent: unknown, id: string): RenderNode | undefined {
  const { data } = createNodeSchema.safeParse(sent);
  if (data === undefined) return undefined;
  return { id, name: data.name, ipAddress: data.ip_address, snmpPort: data.snmp_port, url: data.url ?? null };
}

const VSPHERE = {
  vm_metric_include: ['cpu.usage.average'],
  ...Object.fromEntries(
    ['host', 'cluster', 'datastore', 'datacenter', 'resource_pool'].map((kind) => [
      `${kind}_metric_exclude`,
      ['*'],
    ]),
  ),
};
const uptime = { name: 'uptime', oid: '.1.3.6.1.2.1.1.3.0' };

/** A target with every input that an address or a URL goes into. */
export function targetFor(node: RenderNode): RenderTarget {
  const input = { options: {}, field: [], table: [], object: [] };
  const inputs = [
    { ...input, id: 'ping', plugin: 'ping' as const },
    { ...input, id: 'snmp', plugin: 'snmp' as const, requires: 'snmp_credential' as const, field: [uptime] },
    { ...input, id: 'web', plugin: 'http_response' as const, requires: 'url' as const },
    { ...input, id: 'cert', plugin: 'x509_cert' as const, requires: 'https_url' as const },
    {
      ...input,
      id: 'vsphere',
      plugin: 'vsphere' as const,
      requires: 'vsphere_credential' as const,
      options: VSPHERE,
    },
  ];
  // A vCenter has a web address, in which no zone and not every name can stand.
  const host = node.ipAddress.includes(':') ? `[${node.ipAddress}]` : node.ipAddress;
  const isWeb =
    /^https:/i.test(node.url ?? '') || parseUnicastWebAddress(`https://${host}/`).fault === undefined;
  const written = isWeb ? inputs : inputs.filter(({ id }) => id !== 'vsphere');
  return {
    node,
    template: prepareTemplate({ gathered_by: 'collector', inputs: written }),
    credentials: {
      snmp: { type: 'snmp_v2c', secret: { community: 'public' } },
      vsphere: { type: 'vsphere', secret: { username: 'reader@vsphere.local', password: 'a phrase' } },
    },
  };
}
