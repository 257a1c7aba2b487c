import type { HttpAnswer } from '@stratora/runtime';
import { expect, test } from 'vitest';
import { judgePull } from './config-pull.ts';

function answer(status: number, headers: Record<string, string>, body: string): HttpAnswer {
  return {
    status,
    headers,
    body: Buffer.from(body),
    text: () => body,
    json: () => JSON.parse(body) as unknown,
  };
}

test('a TOML document with an entity tag is a config', () => {
  expect(
    judgePull(answer(200, { etag: '"abc"', 'content-type': 'application/toml; charset=utf-8' }, 'x')),
  ).toEqual({
    kind: 'config',
    hash: 'abc',
    text: 'x',
  });
  expect(judgePull(answer(304, {}, '')).kind).toBe('unchanged');
});

test.each([
  ['a page', 200, { etag: '"abc"', 'content-type': 'text/html' }],
  ['no tag', 200, { 'content-type': 'application/toml' }],
  ['an empty tag', 200, { etag: '""', 'content-type': 'application/toml' }],
  ['a redirect', 302, { location: '/login' }],
  ['a proxy that is down', 502, { 'content-type': 'text/html' }],
  ['a 401 of somebody else', 401, { 'content-type': 'text/html' }],
])('%s is no config', (_, status, headers) => {
  expect(judgePull(answer(status, headers, '<p>')).kind).toBe('unclear');
});

test('a refusal is told by its code', () => {
  const body = JSON.stringify({ code: 'component_revoked', detail: '' });
  expect(judgePull(answer(403, { 'content-type': 'application/problem+json' }, body))).toEqual({
    kind: 'refused',
    refusal: 'component_revoked',
  });
});

test('a server that has no config for us yet is a server all the same', () => {
  const body = JSON.stringify({ code: 'not_found', detail: '' });
  expect(judgePull(answer(404, { 'content-type': 'application/problem+json' }, body)).kind).toBe('none');
  expect(judgePull(answer(404, { 'content-type': 'text/html' }, '<p>')).kind).toBe('unclear');
});
