import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldText } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { readShippedDefinition, readShippedFiles } from './shipped-files.ts';

const ROOT = join(import.meta.dirname, '../../../../..');
const FOLDER = join(ROOT, 'alert-definitions');

const SOUND = `# Why.
slug = "queue_long"
name = "Queue long"
expr = '''
max by (node_id, node_name) (queue_length)
  + 1
'''
warning = 10
critical = 20
summary = "{{ $node }} has {{ $value }}"
`;

describe('the files of shipped definitions', () => {
  it('have no fault, a name of their own each, and a chapter in the documentation', async () => {
    const { definitions, faults } = await readShippedFiles(FOLDER);
    expect(faults).toEqual([]);
    const files = (await readdir(FOLDER)).map((file) => file.replace(/\.toml$/, ''));
    expect([...definitions.keys()]).toEqual(files.toSorted());
    const names = [...definitions.values()].map(({ name }) => foldText(name));
    expect(new Set(names).size).toBe(names.length);
    const chapters = (await readFile(join(ROOT, 'docs/reference/alert-rules.md'), 'utf8')).match(
      /^### .+$/gm,
    );
    expect(chapters?.map((line) => line.slice(4)).toSorted()).toEqual(files.toSorted());
    for (const { slug, runbook_url: runbook } of definitions.values()) {
      expect(runbook).toBe(`docs/reference/alert-rules.md#${slug}`);
    }
  });

  it('give what is not said its default', () => {
    const read = readShippedDefinition('queue_long.toml', SOUND);
    expect(read).toMatchObject({
      value: {
        kind: 'metric',
        comparison: '>',
        clear_after_seconds: 20,
        enabled: true,
        no_data: 'hold',
      },
    });
  });

  it.each([
    ['a key that nobody knows', SOUND.replace('warning', 'alarm'), 8, 'alarm: is not known here'],
    ['a value of the wrong kind', SOUND.replace('10', '"ten"'), 8, 'warning: must be a number'],
    [
      'thresholds the wrong way round',
      SOUND.replace('20', '5'),
      9,
      'critical: must be above the warning, which is 10',
    ],
    ['a fault in the expression', SOUND.replace('+ 1', '+'), 6, 'expr: line 2, column'],
    [
      'an expression without nodes',
      SOUND.replace('by (node_id, node_name)', 'by (site)'),
      5,
      'expr: The result has no node_id',
    ],
    ['a summary with logic', SOUND.replace('{{ $value }}', '{{ if }}'), 10, 'summary: line 1, column 17'],
    [
      'another name than its slug',
      SOUND.replace('queue_long', 'queue_short'),
      2,
      'slug: is "queue_short", so the file',
    ],
    ['no TOML', `${SOUND}\n[`, 12, 'is no TOML: '],
  ])('are refused with the line: %s', (_, text, line, message) => {
    const read = readShippedDefinition('queue_long.toml', text);
    expect(read).toEqual({
      faults: [{ file: 'queue_long.toml', line, message: expect.stringContaining(message) }],
    });
  });

  it('tell where nothing stands that should', () => {
    const read = readShippedDefinition('queue_long.toml', SOUND.replace(/^name.*\n/m, ''));
    expect(read).toEqual({ faults: [{ file: 'queue_long.toml', message: 'name: is required' }] });
  });
});
