import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, type InputHarness } from '../input-harness.test-support.ts';
import { type Properties, scene, vm } from './vcenter-scene.test-support.ts';
import { fault, type StubScript, VcenterStub } from './vcenter-stub.test-support.ts';
import { inputFor, optionsFor } from './vsphere-fixture.test-support.ts';
import { plugin } from './vsphere-input.ts';
import type { VsphereOptions } from './vsphere-options.ts';

const VM_COUNTERS = { vm_metric_include: ['cpu.usage.average', 'cpu.usagemhz.average', 'sys.uptime.latest'] };
const TAGS = {
  clustername: String.raw`Line\ A`,
  dcname: 'Plant',
  esxhostname: 'esx1',
  guest: 'debian12_64',
  moid: 'vm-1',
  rpname: 'MES',
  source: 'press',
  uuid: 'uuid-vm-1',
  vmname: 'press',
};

/** A measurement with its tags, as a line begins. */
function seriesOf(measurement: string, tags: Properties = {}): string {
  const all = Object.entries({ ...TAGS, vcenter: new URL(stub.url).host, ...tags });
  const sorted = all.sort(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join('='));
  return [measurement, ...sorted].join(',');
}

let stub: VcenterStub;
let input: InputHarness<VsphereOptions> | undefined;

beforeAll(async () => {
  stub = await VcenterStub.start();
});
afterAll(() => stub.stop());
afterEach(async () => {
  await input?.stop();
  input = undefined;
});

function open(more: Parameters<typeof optionsFor>[1] = VM_COUNTERS): InputHarness<VsphereOptions> {
  input = inputFor(optionsFor(stub.url, more));
  return input;
}

const ONE = { vms: [vm('vm-1', 'press')], values: { 2: '1000,2000,3001', 6: '100,200,301', 9: '10,30,50' } };

describe('what is read', () => {
  test('is one line for each group: averages, the last of what is a state, percentages in full', async () => {
    stub.plays(scene(ONE));
    expect(await open().gather()).toEqual([
      `${seriesOf('vsphere_vm_cpu', { cpu: 'instance-total' })} memorySizeMB="2048",usage_average=20.003333333333334,usagemhz_average=200i`,
      `${seriesOf('vsphere_vm_sys')} memorySizeMB="2048",uptime_latest=50i`,
    ]);
  });

  test('is nothing of a machine that is off', async () => {
    stub.plays(scene({ ...ONE, vms: [vm('vm-1', 'press', { 'runtime.powerState': 'poweredOff' })] }));
    expect(await open().gather()).toEqual([]);
    expect(stub.methods).not.toContain('QueryPerf');
  });

  test('is told once: samples that were read before are left out', async () => {
    stub.plays(scene(ONE));
    const reader = open();
    expect((await reader.gather()).length).toBe(2);
    stub.plays(scene({ ...ONE, script: later('2026-11-30T12:01:00Z') }));
    expect(await reader.gather()).toEqual([]);
    expect(stub.methods).toEqual(['CurrentTime', 'QueryPerf']);
  });

  test('costs a bad value alone: of words, of gaps and of lists that are cut', async () => {
    stub.plays(scene({ ...ONE, values: { 2: 'much,-1,400', 6: '100', 9: '' } }));
    expect(await open().gather()).toEqual([
      `${seriesOf('vsphere_vm_cpu', { cpu: 'instance-total' })} memorySizeMB="2048",usage_average=4`,
      `${seriesOf('vsphere_vm_cpu', { cpu: 'instance-total' })} memorySizeMB="2048",usagemhz_average=100i`,
    ]);
  });

  test('goes on without a machine that vanished meanwhile', async () => {
    const gone: StubScript = (method, request) =>
      method === 'QueryPerf' && request.includes('>vm-2<')
        ? fault('ManagedObjectNotFound', 'gone', '<obj type="VirtualMachine">vm-2</obj>')
        : undefined;
    stub.plays(scene({ ...ONE, vms: [...ONE.vms, vm('vm-2', 'old')], script: gone }));
    expect((await open().gather()).length).toBe(2);
  });

  test('is what the other kinds have, when one is refused', async () => {
    const refused: StubScript = (method, request) =>
      method === 'QueryPerf' && request.includes('>h-1<')
        ? fault('InvalidArgument', 'querySpec.size')
        : undefined;
    stub.plays(scene({ ...ONE, script: refused }));
    const reader = open({ ...VM_COUNTERS, host_metric_include: ['cpu.usage.average'] });
    await expect(reader.gather()).rejects.toMatchObject({
      status: 'bad_answer',
      message: 'The vCenter answers a question with an error.',
      cause: { message: 'querySpec.size' },
    });
    expect(stub.methods.filter((method) => method === 'QueryPerf').length).toBe(2);
  });
});

function later(time: string): StubScript {
  return (method) =>
    method === 'CurrentTime'
      ? { body: `<CurrentTimeResponse><returnval>${time}</returnval></CurrentTimeResponse>` }
      : undefined;
}

describe('a session', () => {
  test('is begun once, used by every gather and ended at the stop', async () => {
    stub.plays(scene(ONE));
    const reader = open();
    for (let round = 0; round < 3; round += 1) await reader.gather();
    await reader.stop();
    expect(stub.methods.filter((method) => method === 'Login').length).toBe(1);
    expect(stub.methods.filter((method) => method === 'Logout').length).toBe(1);
    expect(stub.methods.at(-1)).toBe('Logout');
    const known = 'vmware_soap_session="abc"';
    expect([...new Set(stub.cookies.slice(2))]).toEqual([known]);
    await reader.stop();
    expect(stub.methods.filter((method) => method === 'Logout').length).toBe(1);
  });

  test('that the server has forgotten is begun anew within the gather', async () => {
    stub.plays(scene(ONE));
    const reader = open();
    await reader.gather();
    let isForgotten = true;
    stub.plays(
      scene({
        ...ONE,
        script: (method) => {
          if (method === 'Login') isForgotten = false;
          return isForgotten && method === 'CurrentTime'
            ? fault('NotAuthenticated', 'The session is not authenticated.')
            : undefined;
        },
      }),
    );
    await reader.gather();
    expect(stub.methods.slice(0, 4)).toEqual([
      'CurrentTime',
      'RetrieveServiceContent',
      'Login',
      'CurrentTime',
    ]);
  });

  test('is not begun again and again where a new one does not help', async () => {
    stub.plays(
      scene({
        ...ONE,
        script: (method) => (method === 'CurrentTime' ? fault('NotAuthenticated', 'no') : undefined),
      }),
    );
    await expect(open().gather()).rejects.toMatchObject({ status: 'bad_answer' });
    expect(stub.methods.filter((method) => method === 'Login').length).toBe(1);
  });

  test('whose login was under way at the stop is ended all the same', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    stub.plays((method) => {
      if (method === 'Login') resolve();
      return undefined;
    });
    const reader = open();
    const stopped = new AbortController();
    const gather = reader.gather(stopped.signal);
    await asked;
    stopped.abort(new Error('the input was stopped'));
    await expect(gather).rejects.toThrow('the input was stopped');
    await reader.stop();
    expect(stub.methods).toEqual(['RetrieveServiceContent', 'Login', 'Logout']);
  });
});

describe('a failure reads', () => {
  const answering =
    (answer: ReturnType<StubScript>): StubScript =>
    () =>
      answer;
  const NO_VCENTER = 'What listens there is no vCenter: it does not answer as one does.';
  const UNREADABLE = 'The answer of the vCenter cannot be read.';
  test.each<[string, StubScript, string, string]>([
    [
      'auth for a wrong password',
      (method) => (method === 'Login' ? fault('InvalidLogin', 'Cannot complete login') : undefined),
      'auth',
      'The vCenter refuses the login: user name or password is wrong.',
    ],
    [
      'auth for a user without rights',
      (method) =>
        method === 'CreateContainerView'
          ? fault('NoPermission', 'Permission denied')
          : scene(ONE)(method, 'perfCounter'),
      'auth',
      'The user may log in to the vCenter but not read it: the role "Read-only" at its top, for everything below, is enough.',
    ],
    [
      'as what it is for another web server',
      answering({ raw: 'not found', status: 404 }),
      'bad_answer',
      NO_VCENTER,
    ],
    [
      'as what it is for a web page',
      answering({ raw: '<html><body>hello</body></html>' }),
      'bad_answer',
      NO_VCENTER,
    ],
    ['unreadable for half a document', answering({ raw: '<a><b></a>' }), 'bad_answer', UNREADABLE],
    [
      'unreadable for octets that are no text',
      answering({ raw: Buffer.from([60, 97, 0xff, 62]) }),
      'bad_answer',
      UNREADABLE,
    ],
    [
      'unreadable for entities of its own',
      answering({ raw: '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>' }),
      'bad_answer',
      UNREADABLE,
    ],
    [
      'unreadable for a bottomless document',
      answering({ raw: '<a>'.repeat(100_000) }),
      'bad_answer',
      UNREADABLE,
    ],
    [
      'too large for an endless one',
      answering({ raw: Buffer.alloc(17 * 1024 * 1024, 'a') }),
      'bad_answer',
      'The answer is larger than the check reads.',
    ],
  ])('%s', async (_, script, status, message) => {
    stub.plays(script);
    await expect(open().gather()).rejects.toMatchObject({ status, message });
  });

  test('timeout where nothing answers', async () => {
    stub.plays(() => 'silence');
    const reader = open({ ...VM_COUNTERS, timeout: '1s' });
    await expect(reader.gather()).rejects.toMatchObject({
      status: 'timeout',
      message: 'No answer within 1 s.',
    });
  });

  test('refused where nothing listens', async () => {
    input = inputFor(optionsFor('https://127.0.0.1:1/sdk', VM_COUNTERS));
    await expect(input.gather()).rejects.toMatchObject({
      status: 'refused',
      message: 'Nothing listens on TCP port 1 of 127.0.0.1.',
    });
  });

  test('untrusted for a certificate that nobody known vouches for, unless any will do', async () => {
    stub.plays(scene(ONE));
    await expect(open({ ...VM_COUNTERS, insecure_skip_verify: false }).gather()).rejects.toMatchObject({
      status: 'bad_answer',
      message: 'The certificate is not trusted: its issuer is not known here.',
    });
    expect(stub.methods).toEqual([]);
    await input?.stop();
    expect((await open().gather()).length).toBe(2);
  });

  test('at once when it is stopped', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    stub.plays(() => {
      resolve();
      return 'silence';
    });
    const stopped = new AbortController();
    const gather = open().gather(stopped.signal);
    await asked;
    stopped.abort(new Error('stopped'));
    await expect(gather).rejects.toThrow('stopped');
  });
});

test.each([
  [{ vcenters: [] }, 'vcenters: is required'],
  [{ vcenters: ['http://vc/sdk'] }, 'vcenters[0]: must be an https:// address'],
  [{ vcenters: ['https://u:p@vc/sdk'] }, 'vcenters[0]: holds a login, which would be shown in the open'],
  [{ password: '' }, 'password: is required'],
  [
    { vm_metric_include: ['cpu.*'] },
    'vm_metric_include: must name each counter in full: patterns, and all that there are, are left to the Telegraf engine',
  ],
  [
    { vm_metric_exclude: ['mem.*'] },
    'vm_metric_exclude: must be empty or ["*"]: other choices are left to the Telegraf engine',
  ],
  [
    { vm_include: ['/*/vm/**'] },
    'vm_include: must be ["/**"]: a choice by path is left to the Telegraf engine',
  ],
  [{ object_discovery_interval: '0s' }, 'object_discovery_interval: must be at least 1 s'],
  [{ tls_ca: '/etc/passwd' }, 'tls_ca: is not an option of this input'],
])('%j is refused', (changes, words) => {
  const options = { ...optionsFor('https://vc.example.org/sdk', VM_COUNTERS), ...changes };
  expect(faultsOf(plugin, options)).toContain(words);
});
