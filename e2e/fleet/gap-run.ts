import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component, ComponentGap, CreatedEnrollmentToken, ListAnswer } from '@stratora/contract';
import { createHttpClient } from '@stratora/runtime';
import { RemoteComponent, SmallDisk, type StratoraSystem, TcpLine, waitFor } from '@stratora/testkit';
import { pause } from './component-fixture.ts';

export interface GapOutcome {
  taken: number;
  stored: number;
  /** Number of dropped lines as the API reports it. */
  dropped: number;
  gaps: ComponentGap[];
  /** Time of the first line that was taken, epoch ms. */
  firstAt: number;
  lastAt: number;
}

const DISK_MIB = 16;
const LINES_OF_A_WRITE = 500;
const WRITES = 500;

/** Cuts an agent off on a disk too small for the lines that come meanwhile, and reads the gaps from the API. */
export async function overflowQueue(system: StratoraSystem): Promise<GapOutcome | undefined> {
  const disk = SmallDisk.mount(DISK_MIB);
  if (!disk) return undefined;
  const line = new TcpLine(system.port);
  await line.start();
  const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
    auto_approve: true,
  });
  const agent = await RemoteComponent.prepare(
    'agent',
    'overflows',
    { url: `https://127.0.0.1:${line.port}`, token, ca: await readFile(system.ready.ca_file, 'utf8') },
    { environment: { STRATORA_STATE_DIR: join(disk.path, 'state') } },
  );
  try {
    agent.launch();
    const { id, node_id: nodeId } = await agent.registered(system);
    const heard = async () => system.api.get<Component>(`/api/v1/components/${id}`);
    await waitFor(async () => (await heard()).config_status === 'applied', {
      timeoutMs: 60_000,
      what: 'a config',
    });
    line.cut();
    const firstAt = Date.now();
    const taken = await sendLines(agent.socketPath, nodeId ?? '', firstAt);
    const lastAt = Date.now();
    line.mend();
    const component = await waitFor(
      async () => {
        const now = await heard();
        const fresh = Date.parse(now.last_seen_at ?? '') > lastAt;
        return fresh && now.queue && now.queue.dropped > 0 && now.queue.bytes < 100_000 && now;
      },
      { timeoutMs: 90_000, what: 'an empty queue, and a word of what was dropped' },
    );
    const dropped = component.queue?.dropped ?? 0;
    const gaps = await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<ComponentGap>>(`/api/v1/components/${id}/gaps`);
        return items.reduce((sum, { count }) => sum + count, 0) >= dropped && items;
      },
      { timeoutMs: 60_000, what: 'all gaps' },
    );
    let stored = 0;
    for (let tries = 0; tries < 60 && stored < taken - dropped; tries += 1) {
      await pause(500);
      const [found] = await system.api.query(`count_over_time(poured_n{node_id="${nodeId}"}[30m])`);
      stored = found?.value ?? 0;
    }
    return { taken, stored, dropped, gaps, firstAt, lastAt };
  } finally {
    await agent.dispose();
    await line.stop();
    disk.dispose();
  }
}

/** Sends lines of one series, a millisecond apart, with digits that do not compress well. */
async function sendLines(socketPath: string, nodeId: string, endMs: number): Promise<number> {
  const intake = createHttpClient({ socketPath, timeoutMs: 10_000 });
  const startMs = endMs - WRITES * LINES_OF_A_WRITE;
  let taken = 0;
  try {
    for (let write = 0; write < WRITES; write += 1) {
      let body = '';
      for (let at = 0; at < LINES_OF_A_WRITE; at += 1) {
        const digits = Array.from({ length: 5 }, (_, field) => `,f${field}=${Math.random()}`).join('');
        body += `poured,node_id=${nodeId},node_name=overflows n=${taken + at}i${digits} ${startMs + taken + at}000000\n`;
      }
      const answer = await intake.request({ method: 'POST', path: '/write?db=none&precision=ns', body });
      if (answer.status !== 204) throw new Error(`the intake answered ${answer.status}`);
      taken += LINES_OF_A_WRITE;
    }
    return taken;
  } finally {
    intake.close();
  }
}
