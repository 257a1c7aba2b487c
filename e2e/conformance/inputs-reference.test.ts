import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CASES } from './cases/index.ts';
import { inputsReference } from './inputs-reference.ts';

const PAGE = fileURLToPath(new URL('../../docs/reference/inputs.md', import.meta.url));

test('the page of the inputs says what the code does', async () => {
  await expect(inputsReference()).toMatchFileSnapshot(PAGE);
});

test('every case has a name of its own', () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});
