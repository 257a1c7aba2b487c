import type { ComponentJob } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { ManualClock, waitFor } from '@stratora/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobReport, ReportAnswer } from './job-link.ts';
import { JobWorker } from './job-worker.ts';

const CALLER = { componentId: 'c-1', apiKey: 'key' };

function job(id: string, kind = 'echo', runSeconds = 60): ComponentJob {
  return { id, kind, run_seconds: runSeconds, order: { word: id } };
}

/** A server that gives the jobs of each list to one call, and keeps what is reported. */
class FakeBoard {
  readonly lists: (readonly ComponentJob[] | undefined)[] = [];
  readonly calls: string[][] = [];
  readonly reports: [string, JobReport][] = [];
  /** Number of reports that fail first. */
  failing = 0;
  answer: ReportAnswer = 'taken';
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async take(_: typeof CALLER, running: readonly string[], signal: AbortSignal) {
    this.calls.push([...running]);
    if (this.lists.length > 0) return this.lists.shift()?.slice();
    // As the server: it waits a little for a job.
    await new Promise<void>((resolve) => {
      const timer = this.#clock.setTimeout(resolve, 5000);
      signal.addEventListener('abort', () => {
        this.#clock.clearTimeout(timer);
        resolve();
      });
    });
    return [];
  }

  async report(_: typeof CALLER, id: string, report: JobReport): Promise<ReportAnswer> {
    if (this.failing > 0) {
      this.failing -= 1;
      return 'again';
    }
    this.reports.push([id, report]);
    return this.answer;
  }
}

describe('the worker on jobs', () => {
  const clock = new ManualClock();
  let board = new FakeBoard(clock);
  let worker: JobWorker;
  let release: (() => void)[] = [];

  function make(): JobWorker {
    board = new FakeBoard(clock);
    release = [];
    worker = new JobWorker({
      link: board,
      caller: () => CALLER,
      works: {
        echo: async ({ word }) => ({ word }),
        parts: async (_, __, tell) => ({ answers: [await tell({ part: 1 }), await tell({ part: 2 })] }),
        wait: (_, signal) =>
          new Promise((resolve) => {
            release.push(() => resolve({ done: true }));
            signal.addEventListener('abort', () => resolve({ done: false }));
          }),
      },
      clock,
      logger: silentLogger(),
    });
    return worker;
  }
  afterEach(() => worker.stop());

  it('asks for nothing before the server says that jobs wait', async () => {
    make();
    await clock.advance(600_000);
    expect(board.calls).toEqual([]);
  });

  it('does what it is given, reports it, and asks on for a minute', async () => {
    make();
    board.lists.push([job('a'), job('b')]);
    worker.notice();
    await waitFor(() => board.reports.length === 2, { what: 'two reports' });
    expect(board.reports).toEqual([
      ['a', { state: 'done', result: { word: 'a' } }],
      ['b', { state: 'done', result: { word: 'b' } }],
    ]);
    for (let passed = 0; passed < 90; passed += 5) await clock.advance(5000);
    const asked = board.calls.length;
    expect(asked).toBeGreaterThan(10);
    await clock.advance(60_000);
    expect(board.calls.length).toBe(asked);
  });

  it('says of a kind that it does not know that it cannot do it, also of a name that every object has', async () => {
    make();
    board.lists.push([job('a', 'scan'), job('b', 'constructor')]);
    worker.notice();
    await waitFor(() => board.reports.length === 2, { what: 'two reports' });
    expect(board.reports.map(([, { state }]) => state)).toEqual(['unsupported', 'unsupported']);
  });

  it('names those that it works on, does none twice, and no more than eight at a time', async () => {
    make();
    const many = Array.from({ length: 9 }, (_, index) => job(`j${index}`, 'wait'));
    board.lists.push([job('j0', 'wait')], many, [job('j8', 'wait')]);
    worker.notice();
    await waitFor(() => worker.running === 8, { what: 'eight jobs' });
    expect(board.calls[1]).toEqual(['j0']);
    release.forEach((end) => end());
    await waitFor(() => board.reports.length === 8, { what: 'eight reports' });
    expect(new Set(board.reports.map(([id]) => id)).size).toBe(8);
  });

  it('ends work that takes longer than it may', async () => {
    make();
    board.lists.push([job('slow', 'wait', 30)]);
    worker.notice();
    await waitFor(() => worker.running === 1, { what: 'a job' });
    await clock.advance(30_000);
    await waitFor(() => board.reports.length === 1, { what: 'a report' });
    expect(board.reports[0]?.[1].result).toEqual({ done: false });
  });

  it('reports again where the server takes no report', async () => {
    make();
    board.failing = 2;
    board.lists.push([job('a')]);
    worker.notice();
    for (let tries = 0; tries < 3; tries += 1) {
      await waitFor(() => board.failing < 2 - tries || board.reports.length > 0, { what: 'a try' });
      await clock.advance(2000);
    }
    await waitFor(() => board.reports.length === 1, { what: 'a report' });
  });

  it('tells parts of a result as they come, each until the server has it', async () => {
    make();
    board.failing = 1;
    board.lists.push([job('a', 'parts')]);
    worker.notice();
    await waitFor(() => board.failing === 0, { what: 'a try' });
    for (let passed = 0; passed < 10 && board.reports.length < 3; passed += 1) await clock.advance(2000);
    await waitFor(() => board.reports.length === 3, { what: 'two parts and the end' });
    expect(board.reports.map(([, report]) => report)).toEqual([
      { state: 'running', result: { part: 1 } },
      { state: 'running', result: { part: 2 } },
      { state: 'done', result: { answers: ['taken', 'taken'] } },
    ]);
  });

  it('hears that nobody wants more of a job', async () => {
    make();
    board.answer = 'over';
    board.lists.push([job('a', 'parts')]);
    worker.notice();
    await waitFor(() => board.reports.length === 3, { what: 'reports' });
    expect(board.reports.at(-1)?.[1].result).toEqual({ answers: ['over', 'over'] });
  });

  it('gives up where the server does not answer, and begins anew with the next word of it', async () => {
    make();
    board.lists.push(undefined);
    worker.notice();
    await waitFor(() => board.calls.length === 1, { what: 'a call' });
    await clock.advance(60_000);
    expect(board.calls.length).toBe(1);
    board.lists.push([job('a')]);
    worker.notice();
    await waitFor(() => board.reports.length === 1, { what: 'a report' });
  });

  it('that is stopped reports nothing of what it broke off', async () => {
    make();
    board.lists.push([job('slow', 'wait')]);
    worker.notice();
    await waitFor(() => worker.running === 1, { what: 'a job' });
    await worker.stop();
    expect(board.reports).toEqual([]);
    worker.notice();
    expect(worker.running).toBe(0);
  });
});
