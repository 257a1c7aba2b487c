import { type DeviceTemplate, deviceTemplateSchema } from '@stratora/contract';
import { resolveTemplates } from '@stratora/templates';
import { describe, expect, it } from 'vitest';
import { addCustomTemplates } from './custom-templates.ts';

const RULE = { from: 'raw_x', measurement: 'x', fields: { one: 'one' } };
const template = (slug: string, more: object = {}): DeviceTemplate =>
  deviceTemplateSchema.parse({ slug, name: slug, description: '', gathered_by: 'collector', ...more });
const textOf = (slug: string, more = '') =>
  `slug = "${slug}"\nname = "${slug}"\ndescription = ""\ngathered_by = "collector"\n${more}`;
const files = resolveTemplates(
  new Map([template('base', { metrics: [RULE] }), template('other')].map((one) => [one.slug, one])),
);

describe('the templates that people wrote', () => {
  it('are added to those of files, which none of them changes', () => {
    const added = addCustomTemplates(files, new Map([['mine', textOf('mine', 'extends = ["base"]\n')]]));
    expect([...added.templates.keys()]).toEqual(['base', 'other', 'mine']);
    expect(added.templates.get('mine')?.metrics).toHaveLength(1);
    expect([...added.custom]).toEqual(['mine']);
    expect(added.faults).toEqual([]);
  });

  it('with a fault are left out and named, and the others stay', () => {
    const texts = new Map([
      ['broken', 'slug = '],
      ['orphan', textOf('orphan', 'extends = ["nobody"]\n')],
      ['good', textOf('good')],
    ]);
    const { templates, faults } = addCustomTemplates(files, texts);
    expect([...templates.keys()]).toEqual(['base', 'other', 'good']);
    expect(faults.map(({ file }) => file)).toEqual(['broken.toml', 'orphan.toml']);
  });

  it('give way to a file that comes with the same slug', () => {
    const { own, custom, faults } = addCustomTemplates(files, new Map([['other', textOf('other')]]));
    expect(own.get('other')).toBe(files.own.get('other'));
    expect(custom.size).toBe(0);
    expect(faults).toEqual([{ file: 'other.toml', message: 'slug: a template of the product has it' }]);
  });

  it('do without their rules where those of a file came to be for the same rows', () => {
    const rules = (from: string) =>
      `[[metrics]]\nfrom = "${from}"\nmeasurement = "y"\nfields = { one = "one" }\n`;
    const texts = new Map([['mine', textOf('mine', rules('raw_x') + rules('raw_y'))]]);
    const { templates, faults } = addCustomTemplates(files, texts);
    expect(templates.get('mine')?.metrics.map(({ from }) => from)).toEqual(['raw_y']);
    expect(faults).toEqual([{ file: 'mine.toml', message: '"raw_x" has rules in "base" and in "mine"' }]);
  });
});
