import { silentLogger } from '@stratora/runtime';
import { MibImage, type Plant, startPlant } from '@stratora/simulator';
import { ValueType } from '@stratora/snmp';
import { afterEach, expect, test } from 'vitest';
import { ConfigReplay } from './config-replay.ts';
import { checkConfig } from './engine-plan.ts';

const PAST_MS = 1_700_000_000_000;
const signal = AbortSignal.timeout(60_000);
let plant: Plant | undefined;
let replay: ConfigReplay | undefined;

afterEach(async () => {
  await replay?.stop();
  await plant?.stop();
});

test('what was gathered at a time has the tags, the values and the stamp of then', async () => {
  let nowMs = 0;
  const image = new MibImage([
    {
      oid: '1.3.6.1.2.1.1.3.0',
      type: ValueType.timeTicks,
      value: (seconds) => seconds - PAST_MS / 1_000,
    },
  ]);
  plant = await startPlant({ devices: [{ address: '127.0.0.1', image }], nowMs: () => nowMs });
  const plan = await checkConfig(`
    [agent]
      interval = "10s"
      omit_hostname = true
    [global_tags]
      collector_id = "c1"
    [[inputs.snmp]]
      name = "box"
      agents = ["udp://127.0.0.1:${plant.port}"]
      field = [{ name = "up", oid = "1.3.6.1.2.1.1.3.0" }]
      [inputs.snmp.tags]
        node_id = "n1"
    [[inputs.ping]]
      interval = "20s"
      urls = ["127.0.0.1"]
  `);
  replay = new ConfigReplay({
    plan,
    logger: silentLogger(),
    standIn: ({ block }) =>
      block.plugin === 'ping'
        ? { gather: async (sink) => sink.metric('ping', { url: '127.0.0.1' }, { result_code: 0n }) }
        : undefined,
  });
  const at = async (timeMs: number) => {
    nowMs = timeMs;
    const gathered = await replay?.gatherAt(timeMs, signal);
    const lines = gathered?.bytes.toString().trimEnd().split('\n') ?? [];
    expect(gathered?.lines).toBe(lines.length);
    return lines.toSorted();
  };
  expect(await at(PAST_MS)).toEqual([
    `box,agent_host=127.0.0.1,collector_id=c1,node_id=n1 up=0i ${PAST_MS}000000`,
    `ping,collector_id=c1,url=127.0.0.1 result_code=0i ${PAST_MS}000000`,
  ]);
  expect(await at(PAST_MS + 10_000)).toEqual([
    `box,agent_host=127.0.0.1,collector_id=c1,node_id=n1 up=10i ${PAST_MS + 10_000}000000`,
  ]);
});
