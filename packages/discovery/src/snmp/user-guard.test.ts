import { describe, expect, it } from 'vitest';
import { UserGuard } from './user-guard.ts';

/** Hosts that all want to log in at once; each ends with a verdict in the order in which they were let in. */
function rush(guard: UserGuard, hosts: number, verdict: (at: number) => 'accepted' | 'refused' | 'silent') {
  const inside: number[] = [];
  let most = 0;
  let tried = 0;
  for (let at = 0; at < hosts; at += 1) {
    const enter = guard.enter('ops', (answer) => {
      if (answer === 'go') inside.push(at);
      return true;
    });
    if (enter === 'go') inside.push(at);
  }
  for (let at = inside.shift(); at !== undefined; at = inside.shift()) {
    most = Math.max(most, inside.length + 1);
    tried += 1;
    guard.leave('ops', verdict(at), `10.0.0.${at}`);
  }
  return { tried, most };
}

describe('the guard of users', () => {
  it('lets a user that is refused reach three hosts, however many ask at once', () => {
    const said: string[] = [];
    const guard = new UserGuard([], (sentence) => said.push(sentence));
    expect(rush(guard, 100, () => 'refused')).toEqual({ tried: 3, most: 3 });
    expect(said).toEqual([
      'The user "ops" is not tried any further: 10.0.0.0, 10.0.0.1 and 10.0.0.2 refused its password or protocol.',
    ]);
    expect(guard.stopped).toEqual(['ops']);
    expect(guard.enter('ops', () => true)).toBe('stopped');
    expect(guard.enter('other', () => true)).toBe('go');
  });

  it('lets a user that is accepted reach all, and ten that refuse it', () => {
    const guard = new UserGuard([], () => undefined);
    expect(rush(guard, 100, () => 'accepted')).toEqual({ tried: 100, most: 10 });
    const refused = rush(guard, 100, () => 'refused');
    expect(refused.tried).toBe(10);
  });

  it('counts no silence as a refusal', () => {
    const guard = new UserGuard([], () => undefined);
    expect(rush(guard, 50, () => 'silent').tried).toBe(50);
  });

  it('passes over those who do not want any more', () => {
    const guard = new UserGuard([], () => undefined);
    const letIn: number[] = [];
    for (let at = 0; at < 3; at += 1) guard.enter('ops', () => true);
    for (let at = 0; at < 5; at += 1)
      guard.enter('ops', (answer) => {
        if (at < 4) return false;
        if (answer === 'go') letIn.push(at);
        return true;
      });
    guard.leave('ops', 'silent', '10.0.0.1');
    expect(letIn).toEqual([4]);
  });

  it('knows which users an earlier part of the run has stopped', () => {
    const guard = new UserGuard(['ops'], () => undefined);
    expect(guard.enter('ops', () => true)).toBe('stopped');
  });
});
