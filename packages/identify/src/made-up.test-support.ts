import { RuleBook } from './rule-book.ts';
import { ruleFileSchema } from './rule-schema.ts';
import { type MatchableTemplate, TemplateChooser } from './template-choice.ts';

/** A plant of vendors that do not exist: the tests of the choice do not hang on the rules that ship. */
export const MADE_UP = ruleFileSchema.parse({
  vendors: [
    { name: 'Acme', enterprises: [60001], type: 'switch' },
    { name: 'Bolt', enterprises: [60002], also: ['Bolt & Daughters'] },
    { name: 'Penguin', enterprises: [60003], type: 'server', agent: true },
  ],
  families: [
    {
      id: 'acme-os',
      vendor: 'Acme',
      os: 'Acme OS',
      type: 'switch',
      signs: [{ under: '60001' }, { descr: '\\bAcmeOS\\b' }],
      types: [{ type: 'router', when: { descr: 'routing edition' } }],
      model: { oids: ['60001.9.1.0'], descr: 'model (\\S+)' },
      firmware: { descr: 'version ([\\d.]+)' },
    },
    { id: 'acme-wall', vendor: 'Acme', os: 'Acme Wall', type: 'firewall', signs: [{ under: '60001.7' }] },
    {
      id: 'bolt-nas',
      vendor: 'Bolt',
      os: 'Bolt NAS',
      type: 'nas',
      signs: [{ under: '60003', holds: '60002.4' }],
      serial: { oids: ['60002.4.2.0'] },
    },
    {
      id: 'bolt-mini',
      vendor: 'Bolt',
      os: 'Bolt Mini',
      type: 'router',
      signs: [{ under: '60003', holds: '60003.8', says: 'mini' }],
    },
    {
      id: 'penguin',
      vendor: 'Penguin',
      os: 'Penguin',
      type: 'server',
      generic: true,
      signs: [{ under: '60003.3.2.10' }, { descr: '^Penguin ' }],
    },
    { id: 'bolt-web', vendor: 'Bolt', os: 'Bolt Web', type: 'camera', signs: [{ web: 'BoltCam' }] },
  ],
  kinds: [
    {
      type: 'printer',
      when: { holds: '1.3.6.1.2.1.43.5.1' },
      appliance: true,
      reason: 'which printers have',
    },
    { type: 'ups', when: { holds: '1.3.6.1.2.1.33.1.1' }, appliance: true, reason: 'which UPSes have' },
    { type: 'firewall', when: { descr: 'firewall' }, reason: 'a word for it' },
    { type: 'router', when: { services: [4, 78] }, weak: true, reason: 'it routes' },
    { type: 'plc', when: { ports: [502] }, weak: true, reason: 'the port of Modbus' },
  ],
});

export const book = new RuleBook(MADE_UP);

/** A template of a collector, as far as it is chosen by. */
export function templateOf(slug: string, match: Partial<MatchableTemplate['match']> = {}): MatchableTemplate {
  return { slug, gathered_by: 'collector', match: { sys_object_ids: [], sys_descr: [], ...match } };
}

export const templates = new TemplateChooser([templateOf('generic-snmp'), templateOf('ping')]);
