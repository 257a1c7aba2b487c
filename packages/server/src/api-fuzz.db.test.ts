import { type FoundOperation, seededRandom } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCall } from './api-fuzz/call-maker.test-support.ts';
import { type FuzzCaller, FuzzScene } from './api-fuzz/fuzz-scene.test-support.ts';
import { ValueSource } from './api-fuzz/value-source.test-support.ts';

/** How often each operation is called, if the deep run does not say otherwise. */
const FEW_CALLS = 20;
const CALLS = Number(process.env['STRATORA_TEST_FUZZ_CALLS'] ?? FEW_CALLS);
/** The short run repeats itself, so that it fails for a reason of the change at hand; the long one looks further each time. */
const SEED = CALLS > FEW_CALLS ? undefined : 1;
const TIMEOUT_MS = 120_000 + CALLS * 4_000;
/** Operations of which each call costs a quarter of a second of bcrypt. */
const COSTLY = new Set([
  'login',
  'createBearerToken',
  'changePassword',
  'createUser',
  'registerComponent',
  'rotateComponentKey',
  'fetchComponentKey',
]);
/** Share of the operations that some call succeeds at, so that more than refusals is looked at. */
const REACHED = 0.75;
/** zod's own words, which are no words for people. */
const RAW_WORDS = /\b(Invalid|expected|received|Unrecognized|undefined)\b/;

interface Fault {
  call: string;
  who: string;
  sent: string;
  answer: string;
  faults: string[];
}

describe('the API, called by chance along its document', () => {
  const { random, seed } = seededRandom(SEED);
  const source = new ValueSource(random);
  const counts = new Map<string, number>();
  const succeeded = new Set<string>();
  const faults: Fault[] = [];
  let scene: FuzzScene;

  beforeAll(async () => {
    scene = await FuzzScene.start();
    await scene.populate(source);
  });
  afterAll(() => scene?.stop());

  /** Picks a caller: mostly one that the operation is for. */
  function callerOf({ operation }: FoundOperation): FuzzCaller {
    const isFor = (caller: FuzzCaller) =>
      operation.security?.some((each) =>
        'componentKey' in each ? caller.key !== undefined : 'bearer' in each && caller.token !== undefined,
      ) ?? false;
    const meant = scene.callers.filter(isFor);
    const some = meant.length > 0 && source.chance(0.8) ? meant : scene.callers;
    return source.chance(0.4)
      ? (some.find(({ name }) => name === 'admin') ?? source.pick(some))
      : source.pick(some);
  }

  async function callOnce(found: FoundOperation): Promise<void> {
    const caller = await passing(found, callerOf(found));
    const { path, call } = makeCall(source, found, caller);
    const answer =
      found.operation.operationId === 'streamEvents'
        ? await openStream(path, caller)
        : await scene.backend.call(found.method, path, call);
    const { status, text, headers } = answer;
    const id = found.operation.operationId;
    counts.set(`${Math.floor(status / 100)}xx`, (counts.get(`${Math.floor(status / 100)}xx`) ?? 0) + 1);
    if (status < 300) {
      succeeded.add(id);
      scene.learn(source, path, answer.json);
    }
    const wrong = scene.checker.faultsOf(found, { status, type: headers.get('content-type'), text });
    if (status >= 500) wrong.push(`it answers ${status}`);
    wrong.push(...wordFaults(answer.json));
    if (!headers.has('x-request-id')) wrong.push('it has no request id');
    if (wrong.length > 0) {
      const sent = JSON.stringify({ ...call, token: undefined, key: undefined }) ?? '';
      faults.push({
        call: `${found.method} ${path.slice(0, 300)}`,
        who: caller.name,
        sent: sent.slice(0, 600),
        answer: `${status} ${text.slice(0, 300)}`,
        faults: wrong.slice(0, 5),
      });
    }
  }

  /** A logout ends the token that it came with. */
  async function passing({ operation }: FoundOperation, caller: FuzzCaller): Promise<FuzzCaller> {
    if (operation.operationId !== 'logout' || caller.password === undefined) return caller;
    return { ...caller, token: await scene.backend.login(caller.name, caller.password) };
  }

  async function openStream(path: string, { token }: FuzzCaller) {
    const abort = new AbortController();
    const answer = await fetch(scene.backend.url + path, {
      signal: abort.signal,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const { status, headers } = answer;
    const text = status === 200 ? '' : await answer.text();
    abort.abort();
    return { status, headers, text, json: undefined };
  }

  it('never fails, and answers what its document says', { timeout: TIMEOUT_MS }, async () => {
    const { operations } = scene.checker;
    expect(operations.length).toBeGreaterThan(100);
    for (let round = 0; round < CALLS; round += 1) {
      for (const found of operations) {
        const isCostly = COSTLY.has(found.operation.operationId);
        if (isCostly && round % 5 !== 0) continue;
        if (found.operation.operationId === 'logout' && round % 5 !== 0) continue;
        await callOnce(found);
      }
    }
    process.stdout.write(`seed ${seed}: ${JSON.stringify(Object.fromEntries(counts))}\n`);
    expect({ seed, faults: faults.slice(0, 20), more: Math.max(0, faults.length - 20) }).toEqual({
      seed,
      faults: [],
      more: 0,
    });
  });

  it('was answered with success by most operations', () => {
    const ids = scene.checker.operations.map(({ operation }) => operation.operationId);
    const missed = ids.filter((id) => !succeeded.has(id));
    process.stdout.write(`never reached: ${missed.join(' ')}\n`);
    expect(succeeded.size).toBeGreaterThan(ids.length * REACHED);
  });
});

/** Lists what is wrong with the words about fields: raw ones, or two about one field. */
function wordFaults(json: unknown): string[] {
  const { errors = [] } = (json ?? {}) as { errors?: { path: string; message: string }[] };
  if (!Array.isArray(errors)) return [];
  const paths = errors.map(({ path }) => path);
  return [
    ...errors.filter(({ message }) => RAW_WORDS.test(message)).map(({ message }) => `raw words: ${message}`),
    ...(new Set(paths).size < paths.length ? [`a field is named twice: ${paths.join(' ')}`] : []),
  ];
}
