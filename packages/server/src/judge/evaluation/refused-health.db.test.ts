import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend?.stop());

it('the health names alert rules that the metric store refuses, as long as it does', async () => {
  const health = async () => (await backend.call('GET', '/api/v1/health')).json;
  expect((await health()).checks.rules).toBe('ok');
  const { db } = backend.app.modules;
  // A rule that judges nothing else than what is refused: no cycle takes it back while no node is there to ask for.
  await sql`INSERT INTO refused_rules (definition_id, reason)
    SELECT id, 'duplicate series' FROM alert_definitions WHERE slug = 'load_per_cpu'`.execute(db);
  const told = await waitFor(async () => {
    const answer = await health();
    return answer.checks.rules === 'failing' && answer;
  });
  expect(told.messages).toContainEqual(
    expect.stringMatching(/^The alert rule “.+” judges nothing: the metric store refuses its expression\.$/),
  );
  await sql`DELETE FROM refused_rules`.execute(db);
  await waitFor(async () => (await health()).checks.rules === 'ok');
});
