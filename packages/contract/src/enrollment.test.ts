import { expect, test } from 'vitest';
import { registerRequestSchema } from './enrollment.ts';

const body = {
  enrollment_token: 'enroll_x',
  component_type: 'agent',
  hostname: 'press-07',
  version: '1',
  os: 'linux',
  arch: 'x64',
};

test.each(['', ' ', '\t\n'])('no machine has the id %j, which all without one would share', (machine_id) => {
  const { error } = registerRequestSchema.safeParse({ ...body, machine_id });
  expect(error?.issues).toMatchObject([
    { path: ['machine_id'], message: 'must not be empty; leave it out where the host has none' },
  ]);
});

test('a host without a machine id leaves it out', () => {
  expect(registerRequestSchema.safeParse(body).success).toBe(true);
  expect(registerRequestSchema.safeParse({ ...body, machine_id: 'm1' }).success).toBe(true);
});
