import { type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';

/** Renders the configs that are marked now, without the wait for the end of the burst, and waits for all of them. */
export async function renderMarked({ app }: TestBackend): Promise<void> {
  const { configs, database } = app.modules;
  await sql`UPDATE collector_config_dirty SET due_at = now() - interval '1 s'`.execute(database.db);
  await configs.renderDue();
  // The server's own loop may have been quicker to take one up.
  await waitFor(
    async () => {
      const { rows } = await sql`SELECT FROM collector_config_dirty WHERE due_at <= now()`.execute(
        database.db,
      );
      return rows.length === 0;
    },
    { what: 'the rendered configs' },
  );
}
