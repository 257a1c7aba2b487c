import type { TargetStatus } from '@stratora/contract';
import { type InputBlock, type TomlTable, writeConfig } from '@stratora/telegraf';
import { ManualClock } from '@stratora/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { targetFacts } from '../../packages/component/src/engine/target-facts.ts';
import { parseTelegrafLine } from '../../packages/component/src/engine/telegraf-log.ts';
import { TelegrafTargets } from '../../packages/component/src/engine/telegraf-targets.ts';
import { AGENTS, CLOSED_AGENT } from './devices/agents.ts';
import { STAGE } from './stage/private-host.ts';
import { VCENTER } from './stage/simulated-vcenter.ts';
import { embeddedCommand, findStageObstacle, findTelegraf, runStage } from './stage/stage-runner.ts';

const INTERVAL_MS = 2000;
const DURATION_MS = 14_000;

const FIELD = [{ name: 'uptime', oid: '1.3.6.1.2.1.1.3.0' }];
const user = (more: TomlTable): TomlTable => ({
  version: 3,
  sec_name: 'auth-SHA',
  sec_level: 'authNoPriv',
  auth_protocol: 'SHA',
  auth_password: 'authentication phrase',
  ...more,
});
const snmp = (address: string, more: TomlTable = {}): [string, TomlTable] => [
  'snmp',
  {
    agents: [`udp://${address}:161`],
    version: 2,
    community: 'public',
    timeout: '300ms',
    retries: 1,
    field: FIELD,
    ...more,
  },
];
const page = (url: string, more: TomlTable = {}): [string, TomlTable] => [
  'http_response',
  { urls: [url], response_timeout: '1s', follow_redirects: true, ...more },
];
const certificate = (source: string): [string, TomlTable] => [
  'x509_cert',
  { sources: [source], timeout: '1s' },
];
const ping = (host: string): [string, TomlTable] => [
  'ping',
  { urls: [host], count: 1, timeout: 0.5, ping_interval: 0.2, deadline: 1 },
];

const vcenter = (url: string, more: TomlTable = {}): [string, TomlTable] => [
  'vsphere',
  {
    vcenters: [url],
    username: VCENTER.username,
    password: VCENTER.password,
    timeout: '1s',
    disconnected_servers_behavior: 'ignore',
    vm_metric_include: ['cpu.usage.average'],
    ...Object.fromEntries(
      ['cluster', 'datacenter', 'datastore', 'host', 'resource_pool'].map((kind) => [
        `${kind}_metric_exclude`,
        ['*'],
      ]),
    ),
    ...more,
  },
];

/** What goes wrong, the input that meets it, and what both engines say of it. */
const TROUBLES: readonly (readonly [string, readonly [string, TomlTable], TargetStatus['status'], string])[] =
  [
    ['a closed port', snmp(CLOSED_AGENT), 'refused', `Nothing listens on UDP port 161 of ${CLOSED_AGENT}.`],
    [
      'a silent device',
      snmp(AGENTS.silent),
      'timeout',
      `No answer from ${AGENTS.silent} port 161 after 2 tries.`,
    ],
    [
      'a wrong community',
      snmp(AGENTS.snmpd, { community: 'wrong' }),
      'timeout',
      `No answer from ${AGENTS.snmpd} port 161 after 2 tries.`,
    ],
    ['a name that is not known', snmp('nowhere.test'), 'refused', 'The name nowhere.test has no address.'],
    [
      'a network without a way',
      snmp(STAGE.routeless),
      'refused',
      `The network cannot reach ${STAGE.routeless}.`,
    ],
    [
      'an unknown user',
      snmp(AGENTS.snmpd, user({ sec_name: 'stranger' })),
      'auth',
      'The device does not know the SNMPv3 user "stranger".',
    ],
    [
      'a wrong password',
      snmp(AGENTS.version3, user({ auth_password: 'another phrase' })),
      'auth',
      'The device refuses the SNMPv3 login: authentication password or protocol is wrong.',
    ],
    ['a ping to nobody', ping(STAGE.dead), 'timeout', 'No answer to ping.'],
    ['a ping to an unknown name', ping('nowhere.test'), 'refused', 'The name nowhere.test has no address.'],
    [
      'a closed web port',
      page(`http://${STAGE.web}:81/`),
      'refused',
      `Nothing listens on TCP port 81 of ${STAGE.web}.`,
    ],
    [
      'an unknown web server',
      page('http://nowhere.test/'),
      'refused',
      'The name nowhere.test has no address.',
    ],
    ['a web server that hears nothing', page('http://web.test:8454/'), 'timeout', 'No answer within 1 s.'],
    [
      'redirects without an end',
      page('http://web.test:8080/redirect-loop'),
      'refused',
      'The redirects do not come to an end.',
    ],
    [
      'a page that is not sent',
      page('http://web.test:8080/reset'),
      'refused',
      'The server closed the connection.',
    ],
    ['a page that is cut', page('http://web.test:8080/cut'), 'bad_answer', 'The answer ended early.'],
    ['an expired certificate', page('https://web.test:8444/'), 'refused', 'The certificate has expired.'],
    [
      'a certificate of tomorrow',
      page('https://web.test:8450/'),
      'refused',
      'The certificate is not valid yet.',
    ],
    [
      'a certificate for another name',
      page('https://web.test:8446/'),
      'refused',
      'The certificate is for another name.',
    ],
    [
      'a certificate that signed itself',
      page('https://web.test:8445/'),
      'refused',
      'The certificate is not trusted: its issuer is not known here.',
    ],
    [
      'TLS where there is none',
      page('https://web.test:8080/'),
      'refused',
      'What listens there does not speak TLS.',
    ],
    [
      'a closed TLS port',
      certificate(`https://${STAGE.web}:81`),
      'refused',
      `Nothing listens on TCP port 81 of ${STAGE.web}.`,
    ],
    [
      'a certificate where there is no TLS',
      certificate('https://web.test:8453'),
      'bad_answer',
      'What listens there does not speak TLS.',
    ],
    [
      'a wrong password of a vCenter',
      vcenter(VCENTER.url, { password: 'another phrase' }),
      'auth',
      'The vCenter refuses the login: user name or password is wrong.',
    ],
    [
      'a closed port of a vCenter',
      vcenter(`https://${STAGE.web}:81/sdk`),
      'refused',
      `Nothing listens on TCP port 81 of ${STAGE.web}.`,
    ],
    [
      'a web server that is no vCenter',
      vcenter('https://web.test:8443/404'),
      'bad_answer',
      'What listens there is no vCenter: it does not answer as one does.',
    ],
    [
      'a vCenter that hears nothing',
      vcenter('https://web.test:8454/sdk'),
      'timeout',
      'No answer within 1 s.',
    ],
    [
      'a vCenter with an expired certificate',
      vcenter('https://web.test:8444/sdk'),
      'bad_answer',
      'The certificate has expired.',
    ],
    [
      'the certificate of an unknown name',
      certificate('https://nowhere.test:443'),
      'refused',
      'The name nowhere.test has no address.',
    ],
  ];

/** Where Telegraf knows less: what it says instead. */
// gosnmp drops the report of a refused login, which is not authenticated, before it reads what it says.
const REFUSED_LOGIN =
  'The device does not accept the SNMPv3 login: user, authentication password or protocol is wrong.';
const LESS: Readonly<Record<string, string>> = {
  'an unknown user': REFUSED_LOGIN,
  'a wrong password': REFUSED_LOGIN,
};

const idOf = (index: number) => `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function blocks(): InputBlock[] {
  return TROUBLES.map(([, [plugin, options]], index) => ({
    plugin,
    alias: `t-${index}`,
    // Telegraf tells why a page did not come to those who debug alone.
    options: plugin === 'http_response' ? { ...options, log_level: 'debug' } : options,
    tags: { node_id: idOf(index) },
  }));
}

const telegraf = await findTelegraf();
const obstacle = findStageObstacle() ?? (telegraf === undefined ? 'there is no Telegraf' : undefined);
if (obstacle !== undefined) process.stderr.write(`skipped: ${obstacle}\n`);

describe.skipIf(obstacle !== undefined)('what both engines say of trouble', () => {
  const said = { telegraf: new Map<string, TargetStatus>(), embedded: new Map<string, TargetStatus>() };

  beforeAll(async () => {
    const conf = writeConfig({
      agent: { intervalMs: INTERVAL_MS, flushIntervalMs: 500, omitHostname: true },
      globalTags: {},
      inputs: blocks(),
      outputs: [],
    });
    const { runs } = await runStage({
      telegraf: telegraf ?? '',
      embedded: embeddedCommand(),
      durationMs: DURATION_MS,
      captures: {},
      runs: [{ name: 'trouble', conf, environment: {} }],
    });
    const run = runs['trouble'];
    if (run === undefined) throw new Error('the stage has no result');
    for (const body of run.embedded.statuses) {
      for (const report of (JSON.parse(body) as { targets: TargetStatus[] }).targets) {
        said.embedded.set(report.node_id, report);
      }
    }
    const targets = new TelegrafTargets(new ManualClock(), (reports) => {
      for (const report of reports) said.telegraf.set(report.node_id, report);
    });
    targets.configure(
      blocks().map((block, index) => ({
        alias: block.alias,
        nodeId: idOf(index),
        intervalMs: INTERVAL_MS,
        facts: targetFacts(block, INTERVAL_MS),
      })),
    );
    for (const line of run.telegraf.log.split('\n')) {
      const parsed = parseTelegrafLine(line);
      if (parsed) targets.takeLogLine(parsed);
    }
    targets.takeSamples(Buffer.from(run.telegraf.lines));
    targets.settle();
  }, 120_000);

  test.each(TROUBLES.map(([name, , status, message], index) => ({ name, status, message, index })))(
    '$name: $message',
    ({ name, index, status, message }) => {
      const wanted = { status, message };
      const { detail, ...telegrafSays } = said.telegraf.get(idOf(index)) ?? { detail: undefined };
      expect
        .soft(said.embedded.get(idOf(index)), `embedded: ${said.embedded.get(idOf(index))?.detail}`)
        .toMatchObject(wanted);
      expect
        .soft(telegrafSays, `Telegraf: ${detail}`)
        .toMatchObject({ ...wanted, message: LESS[name] ?? message });
    },
  );
});
