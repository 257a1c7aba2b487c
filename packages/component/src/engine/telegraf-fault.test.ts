import type { TomlTable } from '@stratora/telegraf';
import { describe, expect, it } from 'vitest';
import { targetFacts } from './target-facts.ts';
import { faultWords } from './telegraf-fault.ts';

const OPTIONS: Readonly<Record<string, TomlTable>> = {
  snmp: {
    agents: ['udp://10.0.0.1:1161'],
    retries: 2,
    sec_name: 'reader',
    sec_level: 'authPriv',
    context_name: 'vlan-7',
  },
  ping: { urls: ['press-07.lan'] },
  http_response: { urls: ['https://shop.example/cart'], response_timeout: '5s' },
  x509_cert: { sources: ['https://shop.example:8443/'], timeout: '5s' },
  vsphere: { vcenters: ['https://vc.example/sdk'], timeout: '20s' },
  cpu: {},
};

function wordsOf(input: string, said: string) {
  return faultWords(said, targetFacts({ plugin: input, options: OPTIONS[input] ?? {} }, 10_000));
}

const TABLE =
  'agent udp://10.0.0.1:1161: gathering table interface: performing bulk walk for field ifIndex: ';
const FIELD = 'agent udp://10.0.0.1:1161: performing get on field uptime: ';
const POLLING = 'Network error while polling https://shop.example/cart: Get "https://shop.example/cart": ';
const SOURCE = 'cannot get SSL cert "https://shop.example:8443/": ';

const SOAP = 'Post "https://vc.example/sdk": ';

describe('what Telegraf says of a target', () => {
  it.each([
    [
      'vsphere',
      'ServerFaultCode: Cannot complete login due to an incorrect user name or password.',
      'auth',
      'The vCenter refuses the login: user name or password is wrong.',
    ],
    [
      'vsphere',
      'Error connecting to vCenter on init: ServerFaultCode: Login failure',
      'auth',
      'The vCenter refuses the login: user name or password is wrong.',
    ],
    [
      'vsphere',
      'while collecting vm for vcenter vc.example: ServerFaultCode: Permission to perform this operation was denied.',
      'auth',
      'The user may log in to the vCenter but not read it: the role "Read-only" at its top, for everything below, is enough.',
    ],
    [
      'vsphere',
      'while collecting cluster for vcenter vc.example: ServerFaultCode: A specified parameter was not correct: querySpec.size',
      'bad_answer',
      'The vCenter answers a question with an error.',
    ],
    [
      'vsphere',
      `${SOAP}dial tcp 10.0.0.4:443: connect: connection refused`,
      'refused',
      'Nothing listens on TCP port 443 of vc.example.',
    ],
    ['vsphere', `${SOAP}context deadline exceeded`, 'timeout', 'No answer within 20 s.'],
    [
      'vsphere',
      `${SOAP}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      'bad_answer',
      'The certificate is not trusted: its issuer is not known here.',
    ],
    [
      'vsphere',
      `${SOAP}404 Not Found`,
      'bad_answer',
      'What listens there is no vCenter: it does not answer as one does.',
    ],
    [
      'snmp',
      `${TABLE}error reading from socket: read udp 10.0.0.9:5010->10.0.0.1:1161: read: connection refused`,
      'refused',
      'Nothing listens on UDP port 1161 of 10.0.0.1.',
    ],
    [
      'snmp',
      `${FIELD}request timeout (after 2 retries): max retries exceeded`,
      'timeout',
      'No answer from 10.0.0.1 port 1161 after 3 tries.',
    ],
    [
      'snmp',
      'agent udp://sw.lan:161: setting up connection: error establishing connection to host: dial udp: lookup sw.lan on 127.0.0.53:53: no such host',
      'refused',
      'The name 10.0.0.1 has no address.',
    ],
    [
      'snmp',
      'agent udp://sw.lan:161: setting up connection: dial udp: lookup sw.lan on 10.9.9.9:53: read udp 10.0.0.9:4000->10.9.9.9:53: read: connection refused',
      'refused',
      'The name 10.0.0.1 cannot be resolved: no answer from its name server.',
    ],
    ['snmp', `${TABLE}unknown username`, 'auth', 'The device does not know the SNMPv3 user "reader".'],
    [
      'snmp',
      'agent udp://10.0.0.1:1161: wrong digest (auth_protocol, auth_password)',
      'auth',
      'The device refuses the SNMPv3 login: authentication password or protocol is wrong.',
    ],
    [
      'snmp',
      'agent udp://10.0.0.1:1161: unknown security level (sec_level)',
      'auth',
      'The device does not allow the security level authPriv for this SNMPv3 user.',
    ],
    [
      'snmp',
      'agent udp://10.0.0.1:1161: decryption error (priv_protocol, priv_password)',
      'auth',
      'The device cannot decrypt the request: privacy password or protocol is wrong.',
    ],
    ['snmp', `${TABLE}unknown report pdu`, 'auth', 'The device does not know the SNMPv3 context "vlan-7".'],
    ['snmp', `${TABLE}not in time window`, 'bad_answer', "The device's SNMPv3 clock does not settle."],
    [
      'snmp',
      `${TABLE}unable to decode packet body: error in unmarshalResponse: x`,
      'bad_answer',
      'interface: The device sent a damaged answer.',
    ],
    [
      'snmp',
      'agent udp://10.0.0.1:1161: converting "x" (OID .1.3.6.1.2.1.1.3.0) for field uptime: invalid type',
      'bad_answer',
      'A value of uptime could not be read and is left out.',
    ],
    [
      'snmp',
      'agent udp://10.0.0.1:1161: dial udp 10.0.0.1:1161: connect: network is unreachable',
      'refused',
      'The network cannot reach 10.0.0.1.',
    ],
    [
      'snmp',
      'Collection took longer than expected; not complete after interval of 10s',
      'timeout',
      'Reading it takes longer than 10 s.',
    ],
    [
      'ping',
      'host "press-07.lan": exit status 2 - ping: press-07.lan: Name or service not known',
      'refused',
      'The name press-07.lan has no address.',
    ],
    [
      'ping',
      'host "press-07.lan": exit status 2 - ping: press-07.lan: Temporary failure in name resolution',
      'refused',
      'The name press-07.lan cannot be resolved: no answer from its name server.',
    ],
    [
      'ping',
      'host "press-07.lan": exit status 2 - ping: connect: Network is unreachable',
      'refused',
      'Nothing could be sent to this address.',
    ],
    [
      'ping',
      'host "10.0.0.255": exit status 2 - ping: Do you want to ping broadcast? Then -b.',
      'refused',
      'Nothing could be sent to this address.',
    ],
    [
      'ping',
      'ping failed: permission changes required, enable CAP_NET_RAW capabilities or use unprivileged ping',
      'refused',
      'Pings cannot be sent from here: the collector may not send ICMP.',
    ],
    [
      'http_response',
      `${POLLING}dial tcp 10.0.0.7:443: connect: connection refused`,
      'refused',
      'Nothing listens on TCP port 443 of shop.example.',
    ],
    [
      'http_response',
      `${POLLING}dial tcp: lookup shop.example on 127.0.0.53:53: no such host`,
      'refused',
      'The name shop.example has no address.',
    ],
    [
      'http_response',
      `${POLLING}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      'timeout',
      'No answer within 5 s.',
    ],
    [
      'http_response',
      `${POLLING}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      'refused',
      'The certificate is not trusted: its issuer is not known here.',
    ],
    [
      'http_response',
      `${POLLING}tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-29T07:00:00Z is after 2026-01-01T00:00:00Z`,
      'refused',
      'The certificate has expired.',
    ],
    [
      'http_response',
      `${POLLING}tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-29T07:00:00Z is before 2027-01-01T00:00:00Z`,
      'refused',
      'The certificate is not valid yet.',
    ],
    [
      'http_response',
      `${POLLING}tls: failed to verify certificate: x509: certificate is valid for other.example, not shop.example`,
      'refused',
      'The certificate is for another name.',
    ],
    [
      'http_response',
      `${POLLING}http: server gave HTTP response to HTTPS client`,
      'refused',
      'What listens there does not speak TLS.',
    ],
    ['http_response', `${POLLING}EOF`, 'refused', 'The server closed the connection.'],
    [
      'http_response',
      `${POLLING}http: message cannot contain multiple Content-Length headers; got ["2" "5"]`,
      'refused',
      'The answer breaks the rules of HTTP, so that it cannot be read.',
    ],
    [
      'http_response',
      `${POLLING}stopped after 10 redirects`,
      'refused',
      'The redirects do not come to an end.',
    ],
    [
      'http_response',
      'The body of the HTTP Response is too large',
      'bad_answer',
      'The answer is larger than the check reads.',
    ],
    [
      'http_response',
      'Failed to read body of HTTP Response : unexpected EOF',
      'bad_answer',
      'The answer ended early.',
    ],
    [
      'x509_cert',
      `${SOURCE}dial tcp 10.0.0.7:8443: connect: connection refused`,
      'refused',
      'Nothing listens on TCP port 8443 of shop.example.',
    ],
    ['x509_cert', `${SOURCE}dial tcp 10.0.0.7:8443: i/o timeout`, 'timeout', 'No answer within 5 s.'],
    [
      'x509_cert',
      `${SOURCE}tls: first record does not look like a TLS handshake`,
      'bad_answer',
      'What listens there does not speak TLS.',
    ],
    [
      'x509_cert',
      `${SOURCE}remote error: tls: handshake failure`,
      'bad_answer',
      'The server refuses the TLS connection.',
    ],
    [
      'cpu',
      'error getting CPU info: open /proc/stat: permission denied',
      'bad_answer',
      '/proc/stat may not be read.',
    ],
    [
      'systemd_units',
      'listing loaded units failed: dial unix /run/dbus/system_bus_socket: connect: no such file or directory',
      'refused',
      'The system bus at /run/dbus/system_bus_socket cannot be reached.',
    ],
  ] as const)('%s: %s', (input, said, status, message) => {
    const words = wordsOf(input, `Error in plugin: ${said}`);
    expect(words).toMatchObject({ status, message });
    expect(words.detail).not.toBe('');
  });

  it('is told as it is, as a detail, where nobody knows it', () => {
    expect(wordsOf('snmp', 'Error in plugin: a thing that nobody has seen')).toEqual({
      status: 'bad_answer',
      message: 'It failed for a reason that has no plain words yet; the details have those of the engine.',
      detail: 'a thing that nobody has seen',
    });
  });

  it('is said alike from one gather to the next', () => {
    const said = (port: number) =>
      wordsOf('snmp', `${FIELD}read udp 10.0.0.9:${port}->10.0.0.1:1161: read: connection refused`);
    expect(said(41_000)).toEqual(said(42_001));
    expect(said(41_000).detail).toContain('10.0.0.1:1161');
  });

  it('carries no escapes of a device into the sentence', () => {
    const { message } = wordsOf('snmp', 'gathering table a\u001b[31m: OID not increasing');
    expect(message).not.toContain('\u001b');
  });
});
