import { expect, it } from 'vitest';
import { importOutcome } from './import-outcome.ts';

it('an import says how many are nodes now, and names those that could not become one', () => {
  const devices = ['a', 'b', 'c'].map((id) => ({ id, name: `dev-${id}` }));
  const items = [
    { device_id: 'a', node_id: 'n', is_existing: false, problem: null },
    { device_id: 'b', node_id: 'm', is_existing: true, problem: null },
    { device_id: 'c', node_id: null, is_existing: false, problem: 'It tells no address.' },
  ];
  expect(importOutcome(items, devices)).toEqual({
    words: '1 node added, one was there already',
    refused: ['dev-c: It tells no address.'],
  });
});
