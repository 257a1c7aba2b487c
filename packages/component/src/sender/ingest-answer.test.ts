import type { HttpAnswer } from '@stratora/runtime';
import { expect, test } from 'vitest';
import { judgeAnswer } from './ingest-answer.ts';

function answer(status: number, headers: Record<string, string> = {}, body = ''): HttpAnswer {
  const bytes = Buffer.from(body);
  return {
    status,
    headers,
    body: bytes,
    text: () => body,
    json: () => JSON.parse(body) as unknown,
  };
}

function problem(status: number, code: string, headers: Record<string, string> = {}): HttpAnswer {
  const body = JSON.stringify({ code, detail: 'x', status });
  return answer(status, { 'content-type': 'application/problem+json', ...headers }, body);
}

const html = (status: number) => answer(status, { 'content-type': 'text/html' }, '<h1>proxy</h1>');

test('204 alone delivers, with the epoch and the rejected lines that it tells', () => {
  const headers = { 'x-stratora-store-epoch': 'e7', 'x-stratora-rejected-lines': '3' };
  expect(judgeAnswer(answer(204, headers), 0)).toEqual({ kind: 'delivered', epoch: 'e7', rejectedLines: 3 });
});

test.each([
  ['200', answer(200)],
  ['200 of a captive portal', html(200)],
  ['201', answer(201)],
  ['202', answer(202)],
  ['301', answer(301, { location: 'https://elsewhere/' })],
  ['302 to a login page', answer(302, { location: '/login' })],
  ['307', answer(307)],
  ['400 of a proxy', html(400)],
  ['400 for a body cut on the way', problem(400, 'truncated_body')],
  ['401', problem(401, 'api_key_invalid')],
  ['401 of a proxy', html(401)],
  ['403', problem(403, 'component_not_approved')],
  ['403 of a firewall', html(403)],
  ['404', problem(404, 'not_found')],
  ['404 of a proxy', html(404)],
  ['405', answer(405)],
  ['407', answer(407)],
  ['408', problem(408, 'request_timeout')],
  ['409', answer(409)],
  ['411', answer(411)],
  ['415', problem(415, 'unsupported_media_type')],
  ['418', answer(418)],
  ['429', problem(429, 'too_many_requests')],
  ['500', problem(500, 'internal_error')],
  ['501', answer(501)],
  ['502', html(502)],
  ['503', problem(503, 'metrics_unavailable')],
  ['504', html(504)],
  ['507', answer(507)],
])('%s keeps the data', (_, given) => {
  expect(judgeAnswer(given, 0).kind).toBe('keep');
});

test('413 splits, whoever says it', () => {
  expect(judgeAnswer(problem(413, 'body_too_large'), 0)).toEqual({ kind: 'split' });
  expect(judgeAnswer(html(413), 0)).toEqual({ kind: 'split' });
});

test('a 400 that the server wrote sets the batch aside', () => {
  expect(judgeAnswer(problem(400, 'no_valid_lines'), 0)).toEqual({
    kind: 'quarantine',
    reason: 'no_valid_lines x',
  });
});

test.each(['api_key_invalid', 'component_not_approved', 'component_revoked', 'component_mismatch'])(
  'a refusal names itself: %s',
  (code) => {
    expect(judgeAnswer(problem(403, code), 0)).toMatchObject({ kind: 'keep', refusal: code });
  },
);

test('Retry-After is read as seconds and as a date, within reason', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const after = (value: string) => judgeAnswer(problem(503, 'overloaded', { 'retry-after': value }), now);
  expect(after('7')).toMatchObject({ retryAfterMs: 7000 });
  expect(after('Thu, 01 Jan 2026 00:00:30 GMT')).toMatchObject({ retryAfterMs: 30_000 });
  expect(after('999999999')).toMatchObject({ retryAfterMs: 600_000 });
  expect(after('soon')).not.toHaveProperty('retryAfterMs');
});
