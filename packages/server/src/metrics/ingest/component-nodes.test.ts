import { silentLogger } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { expect, test } from 'vitest';
import { ComponentNodes } from './component-nodes.ts';

function setUp() {
  const clock = new ManualClock();
  const state = { rows: ['a'], reads: 0, isCurrent: true, fails: false, hangs: false };
  let onChange: (id: string) => void = () => {};
  let onGap: (wasLost: boolean) => void = () => {};
  const nodes = new ComponentNodes({
    listNodes: async () => {
      state.reads += 1;
      if (state.hangs) return new Promise(() => {});
      if (state.fails) throw new Error('database away');
      return state.rows.map((id) => ({ id, name: `node ${id}` }));
    },
    listener: {
      on: (_channel, handler) => {
        onChange = handler;
      },
      onGap: (handler) => {
        onGap = () => handler(false);
      },
      get isCurrent() {
        return state.isCurrent;
      },
    },
    logger: silentLogger(),
    clock,
  });
  return { clock, state, nodes, change: (id: string) => onChange(id), gap: () => onGap(true) };
}

test('a set is read once and served from memory until a change is told', async () => {
  const { clock, state, nodes, change, gap } = setUp();
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['a']);
  await clock.advance(3_600_000);
  expect(nodes.nodesOf('c')).toBeInstanceOf(Map);
  expect(state.reads).toBe(1);
  state.rows = ['a', 'b'];
  change('other');
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['a']);
  change('c');
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['a', 'b']);
  state.rows = [];
  gap();
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual([]);
  expect(state.reads).toBe(3);
});

test('while changes cannot be heard a set is read again every few seconds', async () => {
  const { clock, state, nodes } = setUp();
  await nodes.nodesOf('c');
  state.isCurrent = false;
  state.rows = ['b'];
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['a']);
  await clock.advance(3_001);
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['b']);
});

test('a known set goes on while the database is away or hangs, and is read again afterwards', async () => {
  const { clock, state, nodes, change } = setUp();
  await nodes.nodesOf('c');
  state.fails = true;
  change('c');
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['a']);
  state.fails = false;
  state.rows = ['b'];
  expect([...(await nodes.nodesOf('c')).keys()]).toEqual(['b']);
  state.hangs = true;
  change('c');
  const late = nodes.nodesOf('c');
  await clock.advance(251);
  expect([...(await late).keys()]).toEqual(['b']);
});

test('of a component that was never seen nothing is assumed', async () => {
  const { state, nodes } = setUp();
  state.fails = true;
  await expect(nodes.nodesOf('c')).rejects.toThrow('database away');
});
