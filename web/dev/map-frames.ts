/**
 * Measures how fluid the map is in Chromium: the time between frames while the picture is dragged, while a card is dragged,
 * and while the scale changes, on a site of 500 nodes and 800 links, and on a map of 2,000 nodes by zones.
 *
 *     node web/dev/map-frames.ts [--rounds 3]
 */
import type { CDPSession, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type MockOptions } from './mock-api.ts';
import { startMock } from './mock-server.ts';
import { idOf } from './seeds.ts';

/** Milliseconds between frames, as the page sees them. */
const STEPS = 90;

interface Frames {
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
  /** Milliseconds of CPU that the page's main thread takes for a frame: what it is on a machine that has nothing else to do. */
  readonly cpu: number;
}

/** Seconds of CPU that the page's main thread has used. */
async function cpuSeconds(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

async function record(page: Page, act: () => Promise<void>): Promise<Frames> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await cpuSeconds(client);
  await page.evaluate(() => {
    const state = globalThis as unknown as { frameTimes: number[]; isRecording: boolean };
    state.frameTimes = [];
    state.isRecording = true;
    let before = performance.now();
    const next = (now: number) => {
      state.frameTimes.push(now - before);
      before = now;
      if (state.isRecording) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await act();
  const used = (await cpuSeconds(client)) - before;
  await client.detach();
  const times = await page.evaluate(() => {
    const state = globalThis as unknown as { frameTimes: number[]; isRecording: boolean };
    state.isRecording = false;
    return state.frameTimes.slice(2);
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
  return {
    frames: times.length,
    p50: at(0.5),
    p95: at(0.95),
    worst: at(1),
    cpu: Math.round((used / times.length) * 10_000) / 10,
  };
}

/** Drags with the mouse from a point, to and fro. */
async function drag(page: Page, from: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 0; step < STEPS; step += 1) {
    const turn = (step / STEPS) * Math.PI * 4;
    await page.mouse.move(from.x + Math.sin(turn) * 220, from.y + Math.cos(turn) * 120 - 120);
  }
  await page.mouse.up();
}

async function wheel(page: Page, at: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(at.x, at.y);
  for (let step = 0; step < STEPS; step += 1) await page.mouse.wheel(0, step < STEPS / 2 ? -40 : 40);
}

/** An empty point of the picture, and the middle of a card that can be dragged. */
async function points(page: Page) {
  return page.evaluate(() => {
    const box = document.querySelector('.map')?.getBoundingClientRect();
    if (box === undefined) throw new Error('no map');
    const isPane = (x: number, y: number) =>
      document.elementFromPoint(x, y)?.classList.contains('react-flow__pane') === true;
    let pane = { x: box.x + 20, y: box.y + 20 };
    for (let y = box.y + box.height / 2; y < box.bottom - 20; y += 7) {
      for (let x = box.x + 60; x < box.right - 240; x += 11) {
        if (isPane(x, y)) {
          pane = { x, y };
          break;
        }
      }
    }
    const card = [...document.querySelectorAll('.react-flow__node-card')]
      .map((element) => element.getBoundingClientRect())
      .find(
        ({ x, y, right, bottom }) =>
          x > box.x + 200 && right < box.right - 260 && y > box.y + 150 && bottom < box.bottom - 100,
      );
    return {
      pane,
      card: card === undefined ? undefined : { x: card.x + card.width / 2, y: card.y + card.height / 2 },
      cards: document.querySelectorAll('.react-flow__node-card').length,
      lines: document.querySelectorAll('.react-flow__edge').length,
      level: document.querySelector('.map')?.getAttribute('data-level') ?? '',
    };
  });
}

async function measure(name: string, plant: MockOptions, path: string): Promise<number> {
  const mock = await startMock({ port: 0, role: 'admin', ...plant });
  const browser = await launchChromium();
  let worst = 0;
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(mock.url + path);
    await page.locator('.map .react-flow__node').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_500);
    const found = await points(page);
    process.stdout.write(
      `${name}: level ${found.level}, ${found.cards} cards and ${found.lines} lines drawn\n`,
    );
    const tell = (what: string, frames: Frames) => {
      worst = Math.max(worst, frames.p95);
      process.stdout.write(
        `  ${what.padEnd(14)} ${frames.frames} frames, p50 ${frames.p50} ms, p95 ${frames.p95} ms, worst ${frames.worst} ms, CPU ${frames.cpu} ms a frame\n`,
      );
    };
    tell('drag picture', await record(page, () => drag(page, found.pane)));
    if (found.card !== undefined) {
      const { card } = found;
      tell('drag card', await record(page, () => drag(page, card)));
    }
    tell('scale', await record(page, () => wheel(page, found.pane)));
  } finally {
    await browser.close();
    await mock.stop();
  }
  return worst;
}

const LIMIT_MS = 50;
const at = process.argv.indexOf('--rounds');
const rounds = at === -1 ? 1 : Number(process.argv[at + 1]);
let worst = 0;
for (let round = 0; round < rounds; round += 1) {
  worst = Math.max(
    worst,
    await measure(
      '500 nodes, 800 links',
      { nodes: 500, wiring: 'mesh' },
      `/topology?view=map&site=${idOf(3, 0)}`,
    ),
    await measure('2,000 nodes', { nodes: 2_000 }, '/topology?view=map'),
  );
}
process.stdout.write(`worst p95: ${worst} ms, at most ${LIMIT_MS} ms\n`);
process.exitCode = worst > LIMIT_MS ? 1 : 0;
