import { describe, expect, it } from 'vitest';
import { readSample, toSampleAlert, writeSample } from './sample-address.ts';

describe('the sample alert in the URL', () => {
  it('is a critical one, anywhere and now, where it says nothing or nonsense', () => {
    const usual = { severity: 'critical', node: '', definition: '', at: '' };
    expect(readSample(new URLSearchParams())).toEqual(usual);
    expect(readSample(new URLSearchParams('sample=loud&at=soon'))).toEqual(usual);
    expect(toSampleAlert(readSample(new URLSearchParams()))).toEqual({
      severity: 'critical',
      node_id: null,
      site_id: null,
      definition_id: null,
    });
  });

  it('survives being written and read, and leaves the rest alone', () => {
    const sample = {
      severity: 'warning',
      node: 'n',
      definition: 'd',
      at: '2026-12-01T02:00:00.000Z',
    } as const;
    const written = writeSample(new URLSearchParams('edit=1'), sample);
    expect(readSample(written)).toEqual(sample);
    expect(toSampleAlert(sample)).toMatchObject({ node_id: 'n', at: '2026-12-01T02:00:00.000Z' });
    expect(writeSample(written, { severity: 'critical', node: '', definition: '', at: '' }).toString()).toBe(
      'edit=1',
    );
  });
});
