import type { ConformanceCase } from '../conformance-case.ts';
import { STAGE } from '../stage/private-host.ts';

const SITE = `http://${STAGE.web}:8080`;

function http(
  what: string,
  path: string,
  options = '',
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  const urls = path.includes('://') ? [path] : [`${SITE}${path}`];
  // The time-out is long enough for a busy machine, except where the wait itself is tested.
  const timeout = /late|dead/.test(what) ? '2s' : '5s';
  return {
    name: `http_response ${what}`,
    input: 'http_response',
    run: 'checks',
    varies: ['response_time'],
    options: `urls = ${JSON.stringify(urls)}\nresponse_timeout = "${timeout}"\n${options}`,
    ...more,
  };
}

const tls = (port: number, name = 'web.test'): string => `https://${name}:${port}/`;

const HTTP_CASES: readonly ConformanceCase[] = [
  http('a page', '/'),
  http('several pages', '/', '', {
    options: `urls = ["${SITE}/", "${SITE}/404", "http://web6.test:8080/", "http://[2001:db8::1]:8080/"]`,
    series: 4,
  }),
  http('by name', 'http://web.test:8080/'),
  http('not found', '/404'),
  http('an error of the server', '/500'),
  http('no content', '/204'),
  http('an empty body', '/empty'),
  http('in pieces', '/chunked'),
  http('a packed body', '/packed'),
  http('a body packed on demand', '/packed-on-demand'),
  http('HEAD', '/', 'method = "HEAD"'),
  http('POST with a body', '/echo', 'method = "POST"\nbody = "{\\"a\\": 1}"\nresponse_body_field = "answer"'),
  http(
    'a form',
    '/echo',
    'method = "POST"\nresponse_body_field = "answer"\n[inputs.http_response.body_form]\na = ["1", "x y"]',
  ),
  http(
    'own headers',
    '/echo',
    'response_body_field = "answer"\n[inputs.http_response.headers]\nX-Own = "yes"\nHost = "other.test"',
  ),
  http('with a login', '/echo', 'username = "user"\npassword = "p$$w"\nresponse_body_field = "answer"'),
  http('with half a login', '/echo', 'username = "user"\nresponse_body_field = "answer"'),
  http('with a token', '/echo', 'token = "abc"\nresponse_body_field = "answer"'),
  http('a text found', '/', 'response_string_match = "fox.*(\\\\d+) years"'),
  http('a text found whatever its case', '/', 'response_string_match = "(?i)QUICK"'),
  http('a text over lines', '/', 'response_string_match = "(?s)fox.*second"'),
  http('a line found', '/', 'response_string_match = "(?m)^second line$"'),
  http('a text not found', '/', 'response_string_match = "cat"'),
  http('a status as wanted', '/404', 'response_status_code = 404'),
  http('another status', '/', 'response_status_code = 201'),
  http('text and status wrong', '/404', 'response_string_match = "cat"\nresponse_status_code = 200'),
  http('status wrong, text right', '/404', 'response_string_match = "here"\nresponse_status_code = 200'),
  http('the body as a field', '/umlaut', 'response_body_field = "body"'),
  http('a body that is not UTF-8', '/latin1', 'response_body_field = "body"'),
  http('a body that is not UTF-8, not kept', '/latin1'),
  http('a text in a body that is not UTF-8', '/latin1', 'response_string_match = "caf"'),
  http('too large a body', '/large', 'response_body_max_size = "1KiB"'),
  http(
    'too large a body, with a text',
    '/large',
    'response_body_max_size = "1KiB"\nresponse_string_match = "x"',
  ),
  http('a body as large as may be', '/large', 'response_body_max_size = "4KiB"'),
  http(
    'headers as tags',
    '/',
    '[inputs.http_response.http_header_tags]\nX-Release = "release"\nX-Many = "many"\nX-None = "none"',
  ),
  http(
    'headers as tags, in small letters',
    '/',
    '[inputs.http_response.http_header_tags]\nx-release = "release"',
  ),
  http('a redirect not followed', '/redirect'),
  http('a redirect followed', '/redirect', 'follow_redirects = true'),
  http(
    'a redirect that keeps the method',
    '/redirect-307',
    'follow_redirects = true\nmethod = "POST"\nbody = "kept"\nresponse_body_field = "answer"',
  ),
  http(
    'a redirect that changes the method',
    '/redirect-303',
    'follow_redirects = true\nmethod = "POST"\nbody = "dropped"\nresponse_body_field = "answer"',
  ),
  http(
    'a redirect away, with a login',
    '/redirect-away',
    'follow_redirects = true\nusername = "user"\npassword = "pass"\nresponse_body_field = "answer"',
  ),
  http('a redirect to TLS', 'http://web.test:8080/redirect-tls', 'follow_redirects = true'),
  http('a redirect in a circle', '/redirect-loop', 'follow_redirects = true'),
  http('a redirect that wants its cookie back', '/redirect-cookie', 'follow_redirects = true'),
  http('a head of 40 kB', '/large-head'),
  http('by a name whose IPv6 address is silent', 'http://dual.test:8080/'),
  http('a redirect to another protocol', '/redirect-bad', 'follow_redirects = true'),
  http('a redirect to an unknown name', '/redirect-dead', 'follow_redirects = true'),
  http('a redirect to nowhere', '/redirect-none', 'follow_redirects = true'),
  http('too late', '/late'),
  http('a body too late', '/late-body'),
  http('a body cut off', '/cut'),
  http('a connection cut off', '/reset'),
  http('refused', `http://${STAGE.web}:9/`),
  http('a dead address', `http://${STAGE.dead}:8080/`),
  http('an address without a route', `http://${STAGE.routeless}:8080/`),
  http('an unknown name', 'http://nowhere.invalid/'),
  http('no TLS where it is asked for', `https://${STAGE.web}:8453/`),
  http('TLS where none is asked for', `http://${STAGE.web}:8443/`),
  http('TLS', tls(8443)),
  http('TLS, expired', tls(8444)),
  http('TLS, signed by itself', tls(8445)),
  http('TLS, of another name', tls(8446)),
  http('TLS, of another name that is asked for', tls(8446), 'tls_server_name = "elsewhere.test"'),
  http('TLS, without its intermediate', tls(8452)),
  http('TLS, without alternative names', tls(8457)),
  http('TLS by address', `https://${STAGE.web}:8456/`),
  http('loopback', 'http://127.0.0.1:8080/'),
];

function x509(
  what: string,
  source: string,
  options = '',
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  return {
    name: `x509_cert ${what}`,
    input: 'x509_cert',
    run: 'checks',
    varies: ['age', 'expiry'],
    series: 2,
    options: `sources = ${JSON.stringify([source])}\ntimeout = "5s"\n${options}`,
    ...more,
  };
}

const X509_CASES: readonly ConformanceCase[] = [
  x509('a good chain', tls(8443)),
  x509('by tcp', 'tcp://web.test:8443'),
  x509('by tcp4', `tcp4://${STAGE.web}:8443`),
  x509('expired', tls(8444)),
  x509('signed by itself', tls(8445), '', { series: 1 }),
  x509('of another name', tls(8446)),
  x509('of another name that is asked for', tls(8446), 'server_name = "elsewhere.test"'),
  x509('of another name that is asked for in TLS words', tls(8446), 'tls_server_name = "elsewhere.test"'),
  x509('RSA', tls(8447)),
  x509('Ed25519', tls(8448)),
  x509('P-384, a long serial number', tls(8451)),
  x509('RSA-PSS', tls(8458), '', { series: 1 }),
  x509('with its root', tls(8449), '', { series: 3 }),
  x509('not yet valid', tls(8450)),
  x509('without its intermediate', tls(8452), '', { series: 1 }),
  x509('for any name below', tls(8455, 'www.web.test')),
  x509('for any name below, by the name above', tls(8455)),
  x509('a rich subject', tls(8456)),
  x509('by address', `https://${STAGE.web}:8456`),
  x509('without alternative names', tls(8457)),
  x509('without roots', tls(8449), 'exclude_root_certs = true', { series: 1 }),
  x509('padded serial numbers', tls(8443), 'pad_serial_with_zeroes = true'),
  x509('padded serial numbers, a long one', tls(8451), 'pad_serial_with_zeroes = true'),
  x509('of a mail server', 'smtp://web.test:2525'),
  x509('of a server that wants one of its client', `tcp://${STAGE.web}:8459`, '', { series: 0 }),
  x509('by a name whose IPv6 address is silent', tls(8443, 'dual.test')),
  x509('no TLS', `tcp://${STAGE.web}:8453`, '', { series: 0 }),
  x509('refused', `tcp://${STAGE.web}:9`, '', { series: 0 }),
  x509('an unknown name', 'https://nowhere.invalid', '', { series: 0 }),
];

function ping(what: string, url: string, options = '', more: Partial<ConformanceCase> = {}): ConformanceCase {
  return {
    name: `ping ${what}`,
    input: 'ping',
    run: 'checks',
    varies: ['*_ms'],
    options: `urls = ["${url}"]\ndeadline = 3\ntimeout = 1.0\nping_interval = 0.2\n${options}`,
    ...more,
  };
}

const PING_CASES: readonly ConformanceCase[] = ['exec', 'native'].flatMap((method) => {
  const by = (
    what: string,
    url: string,
    options = '',
    more: Partial<ConformanceCase> = {},
  ): ConformanceCase => ping(`${method}: ${what}`, url, `method = "${method}"\n${options}`, more);
  return [
    by('loopback', '127.0.0.1'),
    by('an address', STAGE.web, 'count = 3'),
    by('IPv6', '::1', 'count = 2'),
    by('a name', 'web.test', 'ipv4 = true'),
    by('a name by IPv6', 'web6.test', 'ipv6 = true'),
    by('a name whose IPv6 address is silent', 'dual.test'),
    by('large packets', STAGE.web, 'size = 1000'),
    by('percentiles', STAGE.web, 'count = 5\npercentiles = [50, 95]'),
    by('from an interface', '127.0.0.1', 'interface = "lo"'),
    by('from an address', STAGE.web, `interface = "${STAGE.web}"`),
    by('a dead address', STAGE.dead, 'count = 2'),
    by('an address without a route', STAGE.routeless),
    by('an unknown name', 'nowhere.invalid'),
  ];
});

export const CHECK_CASES: readonly ConformanceCase[] = [...HTTP_CASES, ...X509_CASES, ...PING_CASES];
