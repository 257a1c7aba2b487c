/** A telegraf.conf that both engines must judge alike, or on which they differ for a reason. */
export interface ConfigText {
  readonly name: string;
  readonly text: string;
  readonly verdict: 'both accept' | 'both refuse' | 'only Telegraf accepts' | 'only embedded accepts';
  /** The reason for which they differ. */
  readonly reason?: string;
}

const SNMP = '[[inputs.snmp]]\nagents = ["udp://192.0.2.1:161"]\n';
const FIELD = '[[inputs.snmp.field]]\nname = "a"\noid = "1.3.6.1.2.1.1.3.0"\n';
const TABLE = '[[inputs.snmp.table]]\nname = "t"\n';
const COLUMN = '[[inputs.snmp.table.field]]\nname = "c"\noid = "1.3.6.1.2.1.2.2.1.1"\n';
const MEM = '[[inputs.mem]]\n';
const HTTP = '[[inputs.http_response]]\nurls = ["http://192.0.2.1"]\n';
const X509 = '[[inputs.x509_cert]]\nsources = ["https://192.0.2.1:443"]\n';
const PING = '[[inputs.ping]]\nurls = ["192.0.2.1"]\n';
const VSPHERE = `[[inputs.vsphere]]
vcenters = ["https://192.0.2.1/sdk"]
username = "reader"
password = "a phrase"
disconnected_servers_behavior = "ignore"
vm_metric_include = ["cpu.usage.average"]
${['cluster', 'datacenter', 'datastore', 'host', 'resource_pool'].map((kind) => `${kind}_metric_exclude = ["*"]`).join('\n')}
`;

const bothAccept = (name: string, text: string): ConfigText => ({ name, text, verdict: 'both accept' });
const bothRefuse = (name: string, text: string): ConfigText => ({ name, text, verdict: 'both refuse' });
const stricter = (name: string, text: string, reason: string): ConfigText => ({
  name,
  text,
  verdict: 'only Telegraf accepts',
  reason,
});
const milder = (name: string, text: string, reason: string): ConfigText => ({
  name,
  text,
  verdict: 'only embedded accepts',
  reason,
});

const MIB =
  'MIB files are not read here; the rendered configs have numeric identifiers and names of their own.';
const FILES = 'A config of the server says what to poll, and never reaches programs or files of the host.';
const REPORTED_EARLY =
  'Telegraf takes it and fails at every gather; a config that cannot work is told at once.';
const VERIFIED = 'Certificates are always verified; x509_cert tells what is wrong with one.';

export const CONFIG_TEXTS: readonly ConfigText[] = [
  bothAccept('an input and nothing else', MEM),
  bothAccept('a byte order mark', `\uFEFF${MEM}`),
  bothAccept('line ends of Windows', MEM.replaceAll('\n', '\r\n')),
  bothAccept('comments', `# one\n${MEM} # two\n`),
  bothAccept(
    "the agent's settings",
    `[agent]\ninterval = "10s"\nround_interval = true\nmetric_batch_size = 1000\nmetric_buffer_limit = 10000\ncollection_jitter = "1s"\ncollection_offset = "0s"\nflush_interval = "10s"\nflush_jitter = "0s"\nprecision = "1ms"\nhostname = "h"\nomit_hostname = false\ndebug = false\nquiet = true\n${MEM}`,
  ),
  bothAccept(
    "settings of Telegraf's own logging",
    `[agent]\nlogtarget = "stderr"\nlogfile = ""\nsnmp_translator = "gosmi"\n${MEM}`,
  ),
  bothAccept(
    'durations of all kinds',
    `[agent]\ninterval = "1m30s"\nflush_interval = "500ms"\n${MEM}interval = "36h"\n`,
  ),
  bothRefuse('days in a block', `${MEM}interval = "1d"\n`),
  bothRefuse('a duration of a block without its unit', `${MEM}interval = "10"\n`),
  stricter(
    'a number as a duration of a block',
    `${MEM}interval = 10\n`,
    'Telegraf takes it and goes on with the interval of the agent.',
  ),
  bothAccept('days of the agent', `[agent]\ninterval = "1d"\n${MEM}`),
  bothAccept('an empty duration', `[agent]\ncollection_jitter = ""\n${MEM}`),
  bothAccept('a duration as a number', `[agent]\ninterval = 10\n${MEM}`),
  bothAccept('a duration as a number in quotes', `[agent]\ninterval = "10"\n${MEM}`),
  bothRefuse('a duration without a unit that there is', `[agent]\ninterval = "10 parsecs"\n${MEM}`),
  bothRefuse('an unknown setting of the agent', `[agent]\nintervall = "10s"\n${MEM}`),
  bothRefuse('an unknown option of an input', `${MEM}no_such_option = 1\n`),
  bothRefuse('an unknown input', '[[inputs.no_such_input]]\n'),
  bothRefuse('an input that starts programs', '[[inputs.exec]]\ncommands = ["id"]\n'),
  bothRefuse('an unknown section', `[whatever]\na = 1\n${MEM}`),
  bothRefuse('no TOML', 'this is no TOML\n'),
  bothRefuse('a key twice', `${MEM}interval = "1s"\ninterval = "2s"\n`),
  bothRefuse('a string that does not end', `${MEM}name_override = "abc\n`),
  bothRefuse('a text for a flag', '[[inputs.cpu]]\npercpu = "yes"\n'),
  stricter('a number for a text', `${MEM}name_override = 7\n`, 'Telegraf takes it, and no notice of it.'),
  bothAccept('global tags', `[global_tags]\nsite = "a"\n"odd key" = "b"\n${MEM}`),
  bothRefuse('a number as a global tag', `[global_tags]\nsite = 1\n${MEM}`),
  bothAccept(
    'literal strings and escapes',
    `[global_tags]\na = 'C:\\x'\nb = "\\u00fc\\t\\"\\\\"\nc = """two\nlines"""\n${MEM}`,
  ),
  bothAccept('a doubled dollar sign', `[global_tags]\na = "$$HOME $\${HOME}"\n${MEM}`),
  bothAccept(
    'all filters',
    `${MEM}namepass = ["m*"]\nnamedrop = ["x"]\nfieldinclude = ["a"]\nfieldexclude = ["b"]\ntaginclude = ["c"]\ntagexclude = ["d"]\nalias = "x"\nname_prefix = "p"\nname_suffix = "s"\n[inputs.mem.tagpass]\na = ["b"]\n[inputs.mem.tagdrop]\na = ["c"]\n[inputs.mem.tags]\nt = "v"\n`,
  ),
  bothAccept('filters by their old names', `${MEM}fieldpass = ["a"]\nfielddrop = ["b"]\n`),
  stricter(
    'a filter as an expression',
    `${MEM}metricpass = "tags.a == 'b'"\n`,
    'Expressions are left to the Telegraf engine.',
  ),
  bothAccept('two blocks of an input', MEM + MEM),
  stricter(
    'a block as a plain table',
    '[inputs.mem]\n',
    'The plain form is not written by anything today, and hides a forgotten bracket.',
  ),

  bothAccept('snmp', SNMP + FIELD),
  bothAccept('snmp with a table', SNMP + TABLE + COLUMN),
  bothAccept('snmp, an OID with a leading dot', SNMP + FIELD.replace('"1.3', '".1.3')),
  stricter('snmp without agents', `[[inputs.snmp]]\n${FIELD}`, REPORTED_EARLY),
  stricter('snmp without anything to poll', SNMP, REPORTED_EARLY),
  stricter('snmp, a field without an OID', `${SNMP}[[inputs.snmp.field]]\nname = "a"\n`, REPORTED_EARLY),
  stricter('snmp, an OID that is none', SNMP + FIELD.replace('1.3.6', '1.3..6'), REPORTED_EARLY),
  bothRefuse('snmp, a name of a MIB', SNMP + FIELD.replace('1.3.6.1.2.1.1.3.0', 'NO-SUCH-MIB::name')),
  bothRefuse('snmp, a table without a name', `${SNMP}[[inputs.snmp.table]]\n${COLUMN}`),
  stricter('snmp, an unknown version', `${SNMP}version = 4\n${FIELD}`, REPORTED_EARLY),
  stricter('snmp, an unknown conversion', `${SNMP}${FIELD}conversion = "roman"\n`, REPORTED_EARLY),
  stricter('snmp, a conversion by a MIB', `${SNMP}${FIELD}conversion = "enum"\n`, MIB),
  stricter('snmp, a conversion by a hint', `${SNMP}${FIELD}conversion = "displayhint"\n`, MIB),
  stricter('snmp, a translated value', `${SNMP}${FIELD}translate = true\n`, MIB),
  stricter('snmp over TCP', SNMP.replace('udp', 'tcp') + FIELD, 'TCP is left to the Telegraf engine.'),
  stricter('snmp by another scheme', SNMP.replace('udp', 'http') + FIELD, REPORTED_EARLY),
  stricter(
    'snmp, answers from anywhere',
    `${SNMP}unconnected_udp_socket = true\n${FIELD}`,
    'Answers count only from the address asked.',
  ),
  stricter('snmp, a host that is none', SNMP.replace('192.0.2.1', 'a b') + FIELD, REPORTED_EARLY),
  bothRefuse(
    'snmp, two columns that link tables',
    `${SNMP}${TABLE}${COLUMN}secondary_index_table = true\n${COLUMN}secondary_index_table = true\n`,
  ),
  bothRefuse(
    'snmp, a column that links and is linked',
    `${SNMP}${TABLE}${COLUMN}secondary_index_table = true\nsecondary_index_use = true\n`,
  ),
  bothRefuse('snmp, an outer join of nothing', `${SNMP}${TABLE}${COLUMN}secondary_outer_join = true\n`),
  bothAccept(
    'snmp version 3',
    `${SNMP}version = 3\nsec_level = "authPriv"\nsec_name = "u"\nauth_protocol = "SHA256"\nauth_password = "authentication"\npriv_protocol = "AES256C"\npriv_password = "privacy phrase"\ncontext_name = "c"\n${FIELD}`,
  ),
  stricter(
    'snmp version 3 without a password',
    `${SNMP}version = 3\nsec_level = "authNoPriv"\nsec_name = "u"\nauth_protocol = "SHA"\n${FIELD}`,
    REPORTED_EARLY,
  ),
  stricter(
    'snmp version 3, an unknown protocol',
    `${SNMP}version = 3\nsec_level = "authNoPriv"\nsec_name = "u"\nauth_protocol = "ROT13"\nauth_password = "authentication"\n${FIELD}`,
    REPORTED_EARLY,
  ),
  milder(
    'snmp, a password that looks like a stored secret',
    `${SNMP}version = 3\nsec_level = "authNoPriv"\nsec_name = "u"\nauth_protocol = "SHA"\nauth_password = "@{a:b}"\n${FIELD}`,
    'The embedded engine has no secret stores: the password is what it says.',
  ),

  bothAccept('ping', `${PING}count = 3\nping_interval = 0.5\ntimeout = 1.0\ndeadline = 10\n`),
  bothAccept('ping, times as texts', `${PING}ping_interval = "500ms"\ntimeout = "1s"\n`),
  bothRefuse('ping by an unknown method', `${PING}method = "carrier pigeon"\n`),
  stricter('ping without hosts', '[[inputs.ping]]\n', REPORTED_EARLY),
  stricter("ping by a program of one's choice", `${PING}binary = "/bin/echo"\n`, FILES),
  stricter('ping of what is no host', '[[inputs.ping]]\nurls = ["; id"]\n', REPORTED_EARLY),

  bothAccept('http_response', `${HTTP}response_timeout = "5s"\nmethod = "GET"\n`),
  bothRefuse('http_response of another protocol', HTTP.replace('http://', 'ftp://')),
  bothRefuse('http_response, a pattern that is none', `${HTTP}response_string_match = "("\n`),
  stricter('http_response without URLs', '[[inputs.http_response]]\n', 'Telegraf takes its own host then.'),
  stricter(
    'http_response, a password in the URL',
    HTTP.replace('192', 'u:p@192'),
    'The URL becomes a tag, for everybody to see.',
  ),
  stricter('http_response, unverified', `${HTTP}insecure_skip_verify = true\n`, VERIFIED),
  stricter('http_response, a file', `${HTTP}bearer_token = "/etc/passwd"\n`, FILES),
  stricter(
    'http_response, a pattern that JavaScript lacks',
    `${HTTP}response_string_match = "\\\\Aok\\\\z(?P<a>b)"\n`,
    "Patterns are JavaScript's; one that it cannot read is left to the Telegraf engine.",
  ),

  bothAccept('x509_cert', X509),
  bothRefuse('x509_cert without sources', '[[inputs.x509_cert]]\n'),
  bothRefuse('x509_cert, two server names', `${X509}server_name = "a"\ntls_server_name = "b"\n`),
  stricter('x509_cert of a file', X509.replace('https://192.0.2.1:443', '/etc/ssl/cert.pem'), FILES),
  stricter('x509_cert by DTLS', X509.replace('https', 'udp'), 'DTLS is left to the Telegraf engine.'),

  bothAccept(
    'cpu',
    '[[inputs.cpu]]\npercpu = true\ntotalcpu = true\ncollect_cpu_time = false\nreport_active = false\ncore_tags = false\n',
  ),
  bothAccept(
    'disk',
    '[[inputs.disk]]\nmount_points = ["/"]\nignore_fs = ["tmpfs"]\nignore_mount_opts = ["ro"]\n',
  ),
  bothAccept(
    'diskio',
    '[[inputs.diskio]]\ndevices = ["sd*"]\ndevice_tags = ["ID_SERIAL"]\nname_templates = ["$$ID"]\nskip_serial_number = false\n',
  ),
  bothAccept('net', '[[inputs.net]]\ninterfaces = ["eth*"]\nignore_protocol_stats = true\n'),
  bothAccept('system, parts', '[[inputs.system]]\ninclude = ["load", "cpus"]\n'),
  bothRefuse('system, a part that is none', '[[inputs.system]]\ninclude = ["weather"]\n'),
  stricter(
    'system, the hardware',
    '[[inputs.system]]\ninclude = ["dmi"]\n',
    'Its reading is left to the Telegraf engine.',
  ),
  bothAccept('processes', '[[inputs.processes]]\n'),
  stricter('processes by sudo', '[[inputs.processes]]\nuse_sudo = true\n', FILES),
  bothAccept('kernel', '[[inputs.kernel]]\ncollect = ["psi"]\n'),
  stricter('kernel, an unknown part', '[[inputs.kernel]]\ncollect = ["weather"]\n', REPORTED_EARLY),
  bothAccept(
    'systemd_units',
    '[[inputs.systemd_units]]\npattern = "ssh*"\nunittype = "service"\ntimeout = "1s"\n',
  ),
  bothAccept('internal', '[[inputs.internal]]\ncollect_memstats = false\n'),
  stricter(
    'internal, the Go runtime',
    '[[inputs.internal]]\ncollect_gostats = true\n',
    'There is no Go runtime.',
  ),
  bothAccept(
    'vsphere',
    `${VSPHERE}vm_instances = false\ntimeout = "20s"\nobject_discovery_interval = "300s"\n`,
  ),
  bothRefuse('vsphere, a counter that is no list', VSPHERE.replace('["cpu.usage.average"]', '7')),
  stricter('vsphere without a server', VSPHERE.replace('["https://192.0.2.1/sdk"]', '[]'), REPORTED_EARLY),
  stricter('vsphere without a login', VSPHERE.replace('"a phrase"', '""'), REPORTED_EARLY),
  stricter(
    'vsphere, in the clear',
    VSPHERE.replace('https:', 'http:'),
    'The login would be there for all to read.',
  ),
  bothAccept('vsphere, a server that must be there', VSPHERE.replace('"ignore"', '"error"')),
  stricter(
    'vsphere, counters by pattern',
    VSPHERE.replace('cpu.usage.average', 'cpu.*'),
    'Counters are named in full; to look for those of each object is left to the Telegraf engine.',
  ),
  stricter(
    'vsphere, objects by their path',
    `${VSPHERE}vm_include = ["/*/vm/Line A/**"]\n`,
    'A choice of objects is left to the Telegraf engine.',
  ),
  milder(
    'vsphere, a password that looks like a stored secret',
    VSPHERE.replace('a phrase', '@{store:key}'),
    'The embedded engine has no secret stores: the password is what it says.',
  ),
];
