import { type DeviceTemplate, deviceTemplateSchema } from '@stratora/contract';
import { readSnmprec } from '@stratora/snmp';
import { describe, expect, test } from 'vitest';
import { pointsOf, previewObjects } from './capture-preview.test-support.ts';
import { previewTemplate } from './preview-template.ts';
import { previewText } from './preview-text.ts';

const DEVICE = `1.3.6.1.2.1.1.1.0|4|A made-up device
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1
1.3.6.1.2.1.1.3.0|67|4200
1.3.6.1.2.1.25.1.2.0|4x|07e70b0e160d1400
1.3.6.1.2.1.25.2.3.1.2.1|6|1.3.6.1.2.1.25.2.1.4
1.3.6.1.2.1.25.2.3.1.2.2|6|1.3.6.1.2.1.25.2.1.7
1.3.6.1.2.1.25.2.3.1.3.1|4|/data
1.3.6.1.2.1.25.2.3.1.4.1|2|4096
1.3.6.1.2.1.25.2.3.1.5.1|2|1000
1.3.6.1.2.1.25.2.3.1.6.1|2|250
1.3.6.1.2.1.25.3.3.1.2.768|2|17
1.3.6.1.2.1.25.3.3.1.2.769|2|3
`;
const objects = readSnmprec(DEVICE).objects;

describe('the preview of a template', () => {
  test('has the points that the store would have, in an order of their own', async () => {
    const preview = await previewObjects('generic-snmp', objects);
    expect(pointsOf(preview, 'device_storage')).toEqual([
      {
        measurement: 'device_storage',
        tags: { volume: '/data' },
        fields: { total_bytes: 4_096_000, used_bytes: 1_024_000, used_percent: 25 },
      },
    ]);
    expect(pointsOf(preview, 'device_cpu').map(({ tags, fields }) => [tags['cpu'], fields])).toEqual([
      ['768', { usage_percent: 17 }],
      ['769', { usage_percent: 3 }],
    ]);
    expect(pointsOf(preview, 'snmp', { sysDescr: 'A made-up device' })).toHaveLength(1);
    expect(preview.points.filter(({ tags }) => 'node_id' in tags || 'agent_host' in tags)).toEqual([]);
    expect(await previewObjects('generic-snmp', objects)).toEqual(preview);
  });

  test('judges the clock of the device by the time that it is given', async () => {
    const { fields } = pointsOf(await previewObjects('generic-snmp', objects), 'snmp').find(
      (point) => 'clock_skew_seconds' in point.fields,
    ) ?? { fields: {} };
    // The recording says 2023-11-14 22:13:20, which is the time of the preview, rounded to the 300 s of the input.
    expect(fields).toEqual({ clock_skew_seconds: 200 });
  });

  test('names what did not answer, and rows that no rule is for', async () => {
    const preview = await previewObjects('generic-snmp', objects);
    const system = preview.inputs.find(({ id }) => id === 'snmp_system');
    expect(system?.unanswered).toEqual([
      { measurement: 'raw_snmp_system', isWhole: false, columns: ['sysContact', 'sysName', 'sysLocation'] },
    ]);
    const text = previewText(preview);
    expect(text).toContain('interface: no answer\n');
    expect(text).toContain('raw_hr_storage: no rule is for 1 of its 2 rows');
    expect(text).toContain('volume=/data total_bytes=4096000 used_bytes=1024000 used_percent=25');
    expect(preview.requests).toBeGreaterThan(5);
  });

  test('polls each input by itself, and passes on what is stored as it is', async () => {
    const column = { name: 'value', oid: '1.3.6.1.2.1.25.3.3.1.2' };
    const template: DeviceTemplate = deviceTemplateSchema.parse({
      slug: 'odd',
      name: 'Odd',
      description: '',
      gathered_by: 'collector',
      inputs: [
        {
          id: 'small',
          plugin: 'snmp',
          options: { max_repetitions: 1 },
          table: [{ name: 'load', field: [column] }],
        },
        { id: 'again', plugin: 'snmp', table: [{ name: 'load', index_as_tag: true, field: [column] }] },
      ],
    });
    const { points, inputs } = await previewTemplate({ template, objects });
    expect(inputs.map(({ id, status }) => [id, status])).toEqual([
      ['small', 'ok'],
      ['again', 'ok'],
    ]);
    expect(points.filter(({ tags }) => 'index' in tags).map(({ fields }) => fields['value'])).toEqual([
      17, 3,
    ]);
  });
});
