import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/client.ts';
import { toFormPaths } from './form-paths.ts';

describe('a refusal of a job', () => {
  it('is told beside the fields of the form', () => {
    const errors = ['targets.1', 'options.hours.from', 'schedule.rrule', 'options.exclude.0'].map((path) => ({
      path,
      message: 'is wrong',
    }));
    const refusal = new ApiError(400, { detail: 'no', code: 'validation_failed', errors }, 'r1');
    const told = toFormPaths(refusal) as ApiError;
    expect(told.fields.map(({ path }) => path)).toEqual([
      'targets.1',
      'hours.from',
      'rrule',
      'options.exclude.0',
    ]);
    expect([told.status, told.message, told.code, told.requestId]).toEqual([
      400,
      'no',
      'validation_failed',
      'r1',
    ]);
  });

  it('without a field, and what is no refusal, stay as they are', () => {
    const plain = new ApiError(409, { detail: 'no' });
    expect(toFormPaths(plain)).toBe(plain);
    const other = new Error('x');
    expect(toFormPaths(other)).toBe(other);
  });
});
