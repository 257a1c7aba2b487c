import { describe, expect, it } from 'vitest';
import { isAboutExpression, refusalOfRead } from './store-result.ts';
import { storeWords } from './store-words.ts';

describe('the words of a store', () => {
  it.each([
    [
      'cannot fetch data from vmstorage-0.vmstorage.svc:8401: dial tcp4 10.0.0.5:8401: connect: connection refused',
      'cannot fetch data from …: dial tcp4 …: connect: connection refused',
    ],
    [
      'cannot read from vmstorage node "store-a": lookup store-a on [fd00::53]:53: no such host',
      'cannot read from vmstorage node …: lookup … on …: no such host',
    ],
    ['dial tcp6 fd00::7: i/o timeout', 'dial tcp6 …: i/o timeout'],
    ['lookup store.plant.example: no such host', 'lookup …: no such host'],
    ['Get "http://auth:8427/select/0?x=1": EOF', 'Get "…": EOF'],
    ['see https://docs.example.com/limits/#series, or less', 'see …, or less'],
    ['cannot open /var/lib/store/cache/tsid: no space left', 'cannot open …: no space left'],
    ['cannot open "C:\\store\\data\\x": denied', 'cannot open "…": denied'],
    ['panic at app/vmselect/promql/exec.go:42: nil', 'panic at …:42: nil'],
  ])('name no place: %s', (message, words) => {
    expect(storeWords(message)).toBe(words);
  });

  it.each([
    'cannot select more than -search.maxSamplesPerQuery=1000000000 samples; possible solutions: increase it',
    'duplicate time series on the left side of `* on(node_id) group_left()`: {node_id="n",path="/var/lib"} and {url="http://a:80/"}',
    'unsupported function "rat/e"; a / b is at 0.5 of [1h:1m] for (time=1764446400000, step=10000)',
    'the number of matching timeseries exceeds 30000 at 12.5 s',
    'parse error at 1:5: unexpected end',
  ])('stay where they are about the query: %s', (message) => {
    expect(storeWords(message)).toBe(message);
  });

  it('do not repeat the query', () => {
    const message =
      'error when executing query="sum(a{b=\\"c\\"})" for (time=1, step=2): cannot evaluate "sum(a)": it is too much';
    expect(storeWords(message)).toBe('it is too much');
  });

  it.each([
    [
      'error when executing query="x{a!=\\"vmstorage-1\\"} + y" for (time=1, step=2): cannot evaluate `x{a!="canceled"}`: duplicate time series: {a="cannot fetch"}',
      true,
    ],
    [
      'cannot execute query: cannot evaluate "count_values(\\"timeout exceeded\\", x)": too many series',
      true,
    ],
    ['error when executing query="x" for (time=1, step=2): cannot fetch data from vmstorage-1:8401', false],
    ['cannot execute query: timeout exceeded while fetching data', false],
  ])('are about the query or the state of the store, whatever the query has in it: %s', (error, isAbout) => {
    expect(isAboutExpression(refusalOfRead(422, JSON.stringify({ status: 'error', error })))).toBe(isAbout);
  });

  it('are cut at a word', () => {
    expect(storeWords('said '.repeat(100))).toBe(`${'said '.repeat(79)}…`);
  });

  it('are what a refusal says to people, and its cause keeps all for the log', () => {
    const body = JSON.stringify({
      status: 'error',
      error: 'cannot read from 10.0.0.5:8401: too many series',
    });
    expect(refusalOfRead(422, body)).toMatchObject({
      reason: 'rejected',
      words: 'cannot read from …: too many series',
      cause: expect.stringContaining('10.0.0.5:8401'),
    });
  });
});
