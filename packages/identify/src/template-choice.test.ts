import { expect, test } from 'vitest';
import { templateOf } from './made-up.test-support.ts';
import { TemplateChooser } from './template-choice.ts';

const need = { sysObjectId: '1.3.6.1.4.1.60001.7.1', sysDescr: 'AcmeOS', family: 'acme-wall', hasSnmp: true };
const GENERIC = [templateOf('generic-snmp'), templateOf('ping')];
const slugOf = (...more: ReturnType<typeof templateOf>[]) =>
  new TemplateChooser([...GENERIC, ...more]).choose(need).slug;

test('a template that is called as the family is taken before any other', () => {
  expect(
    slugOf(templateOf('acme-wall'), templateOf('x', { sys_object_ids: ['.1.3.6.1.4.1.60001.7.1'] })),
  ).toBe('acme-wall');
});

test('a template that extends that of the family is taken for the very sysObjectID that it names', () => {
  const match = { sys_object_ids: ['1.3.6.1.4.1.60001.7.1'] };
  const special = { ...templateOf('special', match), extends: ['middle'] };
  const middle = { ...templateOf('middle'), extends: ['acme-wall', 'special'] };
  expect(slugOf(templateOf('acme-wall'), middle, special)).toBe('special');
  const wide = { ...special, match: { sys_object_ids: ['1.3.6.1.4.1.60001.7'], sys_descr: [] } };
  expect(slugOf(templateOf('acme-wall'), middle, wide)).toBe('acme-wall');
});

test('a template that extends that of the family is taken for the sysDescr that it names', () => {
  const special = { ...templateOf('special', { sys_descr: ['^Acme'] }), extends: ['acme-wall'] };
  expect(slugOf(templateOf('acme-wall'), special)).toBe('special');
  expect(slugOf(templateOf('acme-wall'), { ...special, extends: [] })).toBe('acme-wall');
});

test('the longest prefix of sysObjectID over all templates is taken, on whole arcs', () => {
  const wide = templateOf('wide', { sys_object_ids: ['1.3.6.1.4.1.60001'] });
  const narrow = templateOf('narrow', { sys_object_ids: ['1.3.6.1.4.1.60001.7'] });
  const near = templateOf('near', { sys_object_ids: ['1.3.6.1.4.1.60001.7.10'] });
  expect(slugOf(wide, narrow, near)).toBe('narrow');
});

test('a pattern over sysDescr is taken where no prefix is, and one that cannot be read is none', () => {
  expect(
    slugOf(templateOf('broken', { sys_descr: ['('] }), templateOf('words', { sys_descr: ['^Acme'] })),
  ).toBe('words');
});

test('templates of agents are not for devices that are polled', () => {
  expect(slugOf({ ...templateOf('acme-wall'), gathered_by: 'agent' })).toBe('generic-snmp');
});

test('what does not answer SNMP is pinged', () => {
  expect(new TemplateChooser(GENERIC).choose({ ...need, hasSnmp: false }).slug).toBe('ping');
});
