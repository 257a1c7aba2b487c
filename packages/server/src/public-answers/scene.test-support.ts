import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AnswerRecorder,
  type BackendAnswer,
  FakeMetricStore,
  ManualClock,
  startBackend,
  startDatabase,
  TestAuthority,
  type TestBackend,
  waitFor,
} from '@stratora/testkit';
import { Client } from 'pg';

const ROOT = resolve(import.meta.dirname, '../../../..');
export const PASSWORD = 'a password for tests';
/**
 * Milliseconds of one step of the clock: loops run in it, and notifications of the database need a moment after each.
 */
const STEP_MS = 1000;
const SETTLE_MS = 25;

/** The templates that the scene has: answers must not depend on how many the product ships. */
const TEMPLATES = ['generic-snmp', 'hardware', 'linux-agent', 'ping', 'ups', 'windows-agent'];

/** A backend whose background work runs when a chapter says so, and what chapters need around it. */
export class Scene {
  readonly backend: TestBackend;
  readonly answers: AnswerRecorder;
  readonly store: FakeMetricStore;
  /** Folder of the template files that the backend reads. */
  readonly templatesDir: string;
  /** Ids, keys and hashes by name, which chapters keep for each other. */
  readonly known = new Map<string, string>();
  readonly #clock: ManualClock;
  readonly #marks: Client;
  readonly #cleanups: (() => Promise<unknown>)[];

  private constructor(
    parts: Pick<Scene, 'backend' | 'store' | 'templatesDir'> & {
      clock: ManualClock;
      marks: Client;
      cleanups: (() => Promise<unknown>)[];
    },
  ) {
    this.backend = parts.backend;
    this.store = parts.store;
    this.templatesDir = parts.templatesDir;
    this.#clock = parts.clock;
    this.#marks = parts.marks;
    this.#cleanups = parts.cleanups;
    const { backend } = parts;
    this.answers = new AnswerRecorder({
      app: backend.app,
      call: (...asked) => {
        this.#clock.setNow(Date.now());
        return backend.call(...asked);
      },
    });
    this.answers.callers.set('admin', { token: parts.backend.adminToken });
  }

  static async start(): Promise<Scene> {
    const cleanups: (() => Promise<unknown>)[] = [];
    try {
      const folder = await mkdtemp(join(tmpdir(), 'stratora-answers-'));
      cleanups.push(() => rm(folder, { recursive: true, force: true }));
      const templatesDir = join(folder, 'templates');
      for (const slug of TEMPLATES) {
        await cp(join(ROOT, 'templates', `${slug}.toml`), join(templatesDir, `${slug}.toml`), {
          recursive: true,
        });
      }
      const authority = await TestAuthority.create('stratora.test');
      cleanups.push(() => authority.dispose());
      const store = new FakeMetricStore();
      await store.start();
      cleanups.push(() => store.stop());
      const database = await startDatabase();
      cleanups.push(() => database.stop());
      const marks = await holdMarks(database.url);
      cleanups.push(() => marks.end());
      const clock = new ManualClock(Date.now());
      const config = {
        templatesDir,
        metricsReadUrl: store.url,
        metricsWriteUrl: store.url,
        caFile: authority.caFile,
        programDir: await program(folder),
      };
      const backend = await withSmallRuntime(folder, () => startBackend({ database, clock, config }));
      cleanups.push(() => backend.stop());
      return new Scene({ backend, store, templatesDir, clock, marks, cleanups });
    } catch (error) {
      await cleanUp(cleanups);
      throw error;
    }
  }

  stop(): Promise<void> {
    return cleanUp(this.#cleanups);
  }

  /** Advances the clock, so that loops due within the next `ms` run. The wall clock goes with the real one. */
  async advance(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await this.#clock.advance(Math.min(STEP_MS, ms - passed));
      this.#clock.setNow(Date.now());
      await sleep(SETTLE_MS);
    }
  }

  /** Advances the clock a little, for answers that wait for a timer of a few milliseconds. */
  readonly advanceBriefly = async (): Promise<void> => {
    await this.#clock.advance(5);
    await sleep(5);
  };

  /** Renders the marked components, as after five quiet seconds. */
  async render(): Promise<void> {
    await this.#marks.query("UPDATE collector_config_dirty SET due_at = now() - interval '1 s'");
    await waitFor(
      async () => {
        const { rows } = await this.#marks.query('SELECT FROM collector_config_dirty');
        return rows.length === 0;
      },
      { everyMs: 25, what: 'the rendering of what is marked' },
    );
  }

  /** Draws what happened so far together into the last seconds: a line of the activity holds a minute, however slow the machine. */
  async drawHistoryTogether(): Promise<void> {
    await this.#marks.query(`
      ALTER TABLE audit_log DISABLE TRIGGER audit_log_no_change;
      CREATE TEMPORARY TABLE pace AS
        SELECT now() AS latest, greatest(1, extract(epoch FROM now() - min(time)) / 20) AS factor FROM audit_log;
      UPDATE audit_log SET time = latest - (latest - time) / factor FROM pace;
      UPDATE node_status_changes SET time = latest - (latest - time) / factor FROM pace;
      DROP TABLE pace;
      ALTER TABLE audit_log ENABLE TRIGGER audit_log_no_change`);
  }

  /** Asks, unrecorded, and moves the clock a little, until `isDone` accepts the answer. */
  async until(who: string, path: string, isDone: (answer: BackendAnswer) => boolean): Promise<void> {
    await waitFor(
      async () => {
        if (isDone(await this.answers.answerTo(who, 'GET', path))) return true;
        await this.advance(STEP_MS);
        return false;
      },
      { everyMs: 10, what: `what is wanted of ${path}` },
    );
  }

  /** Returns what was kept under a name. @throws when no chapter before has kept it */
  get(name: string): string {
    const value = this.known.get(name);
    if (value === undefined) throw new Error(`nothing is known of ${name}`);
    return value;
  }
}

async function cleanUp(cleanups: (() => Promise<unknown>)[]): Promise<void> {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
}

/**
 * Opens the connection by which alone marks of changed configs become due: else it would depend on how long a chapter
 * takes.
 */
async function holdMarks(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'public-answers' });
  await client.connect();
  await client.query(`
    CREATE FUNCTION hold_mark() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('application_name') <> 'public-answers' THEN NEW.due_at := 'infinity'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER hold_mark BEFORE INSERT OR UPDATE ON collector_config_dirty
      FOR EACH ROW EXECUTE FUNCTION hold_mark()`);
  return client;
}

/** Starts with a runtime of a few bytes: packing the real one for other hosts takes seconds. */
async function withSmallRuntime<T>(folder: string, start: () => Promise<T>): Promise<T> {
  const { execPath } = process;
  const small = join(folder, 'node');
  await writeFile(small, '#!/bin/sh\n');
  process.execPath = small;
  try {
    return await start();
  } finally {
    process.execPath = execPath;
  }
}

/** Makes an installation with the real scripts and a program of a few bytes. */
async function program(folder: string): Promise<string> {
  const root = join(folder, 'program');
  await cp(join(ROOT, 'deploy'), join(root, 'deploy'), { recursive: true });
  await mkdir(join(root, 'dist'), { recursive: true });
  const write = (name: string, text: string) => writeFile(join(root, name), text);
  await write('LICENSE', 'MIT\n');
  await write('dist/remote.mjs', "console.log('0.0.0');\n");
  await write('dist/remote-files.json', JSON.stringify({ files: ['remote.mjs'] }));
  await write('dist/remote-licences.txt', 'of others\n');
  return root;
}
