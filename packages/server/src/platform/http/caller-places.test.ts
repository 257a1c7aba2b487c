import { describe, expect, it } from 'vitest';
import { CallerPlaces } from './caller-places.ts';

const WAIT = { timeoutMs: 60_000 };

function newPlaces(): CallerPlaces {
  return new CallerPlaces({ places: 3, perCaller: 2, waitingPerCaller: 2, what: 'Trials' });
}

/** Notes the names of those that have got their place. */
function queue(places: CallerPlaces) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = async (caller: string, name: string) => {
    ends.set(name, await places.wait(caller, WAIT));
    started.push(name);
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { started, ask, end, settle };
}

describe('places for what costs much', () => {
  it('are not all taken by one caller, who is told so', () => {
    const places = newPlaces();
    const giveBack = places.take('anna');
    places.take('anna');
    expect(() => places.take('anna')).toThrow('Trials: 2 of yours are running');
    expect(() => places.take('anna')).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
    places.take('ben');
    expect(places.taken).toBe(3);
    expect(() => places.take('carl')).toThrow(expect.objectContaining({ code: 'overloaded' }));
    giveBack();
    giveBack();
    expect(places.taken).toBe(2);
    places.take('carl');
  });

  it('go to those who have the fewest of them, then in the order of asking', async () => {
    const places = newPlaces();
    const { started, ask, end, settle } = queue(places);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask('anna', name);
    await settle();
    expect(started).toEqual(['a1', 'a2']);
    void ask('ben', 'b1');
    void ask('carl', 'c1');
    await settle();
    expect(started).toEqual(['a1', 'a2', 'b1']);
    await end('a1');
    expect(started.at(-1)).toBe('c1');
    await end('b1');
    expect(started.at(-1)).toBe('a3');
    await end('a2');
    expect(started.at(-1)).toBe('a4');
  });

  it('are not waited for by more than a few calls of one caller', async () => {
    const places = newPlaces();
    const { ask } = queue(places);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask('anna', name);
    await expect(places.wait('anna', WAIT)).rejects.toMatchObject({ code: 'too_many_requests' });
  });

  it('are not waited for by who is gone', async () => {
    const places = newPlaces();
    const giveBack = places.take('anna');
    places.take('anna');
    const gone = new AbortController();
    const waiting = places.wait('anna', { ...WAIT, signal: gone.signal });
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'request_timeout' });
    await expect(places.wait('anna', { ...WAIT, signal: gone.signal })).rejects.toMatchObject({
      code: 'request_timeout',
    });
    giveBack();
    expect(places.taken).toBe(1);
  });

  it('are said to be taken when none gets free in time', async () => {
    const places = newPlaces();
    places.take('anna');
    places.take('anna');
    places.take('ben');
    await expect(places.wait('carl', { timeoutMs: 1 })).rejects.toMatchObject({ code: 'overloaded' });
  });
});
