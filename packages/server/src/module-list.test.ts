import { Lifecycle, periodic } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ModuleList } from './module-list.ts';
import type { ServerModule } from './platform/module.ts';

describe('ModuleList', () => {
  const clock = new ManualClock();

  function looping(name: string, loops: readonly string[], said: string[]): ServerModule {
    return {
      name,
      loops: loops.map((loop) =>
        periodic({ name: loop, intervalMs: 1000, clock, run: async () => void said.push(`${loop} runs`) }),
      ),
      prepare: async () => void said.push(`${name} is prepared`),
      start: () => void said.push(`${name} starts`),
      stop: async () => void said.push(`${name} stops`),
    };
  }

  it('refuses two modules of one name, and two loops', () => {
    expect(() => new ModuleList([{ name: 'sites' }, { name: 'nodes' }, { name: 'sites' }])).toThrow(
      'two modules have the name sites',
    );
    expect(() => new ModuleList([looping('a', ['round'], []), looping('b', ['round'], [])])).toThrow(
      'two loops have the name round',
    );
  });

  it('exports each loop and each metric of each module', async () => {
    const registry = new Registry();
    const modules = new ModuleList([
      looping('a', ['first', 'second'], []),
      { name: 'b', metrics: [{ name: 'things', help: 'Things.', read: () => 7 }] },
      looping('c', ['third'], []),
    ]);
    modules.exportMetrics(registry, clock);
    const text = await registry.metrics();
    for (const loop of ['first', 'second', 'third']) {
      expect(text).toContain(`stratora_loop_runs_total{loop="${loop}"} 0`);
    }
    expect(text).toContain('stratora_things 7');
  });

  it('prepares all before it starts the first, and stops last in first out, loops before what they fill', async () => {
    const said: string[] = [];
    const modules = new ModuleList([looping('a', ['loop of a'], said), looping('b', ['loop of b'], said)]);
    const lifecycle = new Lifecycle();
    await modules.start(lifecycle);
    expect(said.splice(0)).toEqual(['a is prepared', 'b is prepared', 'a starts', 'b starts']);
    await clock.advance(1500);
    expect(said.splice(0)).toEqual(['loop of a runs', 'loop of b runs']);
    await lifecycle.stop(1000);
    await clock.advance(5000);
    expect(said).toEqual(['b stops', 'a stops']);
  });

  it('stops what it began when a module cannot be prepared, and nothing else', async () => {
    const said: string[] = [];
    const broken: ServerModule = {
      ...looping('broken', [], said),
      prepare: () => Promise.reject(new Error('no database')),
    };
    const modules = new ModuleList([looping('a', ['x'], said), broken, looping('c', ['y'], said)]);
    const lifecycle = new Lifecycle();
    await expect(modules.start(lifecycle)).rejects.toThrow('no database');
    await lifecycle.stop(1000);
    await clock.advance(3000);
    expect(said).toEqual(['a is prepared', 'broken stops', 'a stops']);
  });

  it('gathers routes by scope, in the order of the modules', () => {
    const add = () => {};
    const other = () => {};
    const modules = new ModuleList([
      { name: 'a', routes: { user: [add], public: [other] } },
      { name: 'b' },
      { name: 'c', routes: { user: [other] } },
    ]);
    expect(modules.routes).toEqual({ public: [other], component: [], user: [add, other] });
  });
});
