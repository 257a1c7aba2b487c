import { describe, expect, it } from 'vitest';
import type { CheckResult, EngineKind } from '../engine/engine.ts';
import { planConfig } from './config-plan.ts';

const NO: CheckResult = { ok: false, message: 'unknown input' };
const YES: CheckResult = { ok: true };

/** Steps of a host, and what was asked of it. */
function host(checks: Partial<Record<EngineKind, CheckResult>>, fit: readonly EngineKind[] = ['telegraf']) {
  const asked: [EngineKind, number][] = [];
  return {
    asked,
    isFit: async (kind: EngineKind) => fit.includes(kind),
    check: async (kind: EngineKind, timeoutMs: number) => {
      asked.push([kind, timeoutMs]);
      return checks[kind] ?? NO;
    },
  };
}

function asking(engine: string): string {
  return `# stratora: engine = "${engine}"\n[agent]\n`;
}

describe('the engine that a config is to run with', () => {
  it('is Telegraf where it is fit and accepts the text', async () => {
    const steps = host({ telegraf: YES, embedded: YES });
    expect(await planConfig('[agent]\n', steps)).toEqual({ ok: true, kind: 'telegraf' });
    expect(steps.asked.map(([kind]) => kind)).toEqual(['telegraf']);
  });

  it('is the embedded one where Telegraf refuses the text', async () => {
    expect(await planConfig('[agent]\n', host({ embedded: YES }))).toEqual({ ok: true, kind: 'embedded' });
  });

  it('is the embedded one, without asking Telegraf, where that is not fit', async () => {
    const steps = host({ telegraf: YES, embedded: YES }, []);
    expect(await planConfig('[agent]\n', steps)).toEqual({ ok: true, kind: 'embedded' });
    expect(steps.asked.map(([kind]) => kind)).toEqual(['embedded']);
  });

  it('is the named one, fit or not, and no other when that refuses', async () => {
    const steps = host({ telegraf: NO, embedded: YES }, []);
    expect(await planConfig(asking('telegraf'), steps)).toEqual({ ok: false, message: 'unknown input' });
    expect(await planConfig(asking('embedded'), steps)).toEqual({ ok: true, kind: 'embedded' });
    expect(steps.asked.map(([kind]) => kind)).toEqual(['telegraf', 'embedded']);
  });

  it('says of each engine why it refused', async () => {
    const plan = await planConfig('[agent]\n', host({}));
    expect(plan).toEqual({ ok: false, message: 'telegraf: unknown input\nembedded: unknown input' });
  });

  it('has as much time for both checks as for a lone one', async () => {
    const both = host({});
    await planConfig('[agent]\n', both);
    const lone = host({});
    await planConfig(asking('embedded'), lone);
    const time = (asked: typeof both.asked) => asked.reduce((sum, [, timeoutMs]) => sum + timeoutMs, 0);
    expect(time(both.asked)).toBe(time(lone.asked));
  });

  it('is none for an engine that nobody knows', async () => {
    const steps = host({ telegraf: YES, embedded: YES });
    expect(await planConfig(asking('fluentd'), steps)).toMatchObject({ ok: false });
    expect(steps.asked).toEqual([]);
  });
});
