import { encodeSeries } from '@stratora/lineprotocol';
import { sanitizeText } from '@stratora/runtime';
import type { SeriesSet } from './series-set.ts';

/** A difference of the embedded engine from Telegraf on purpose. Every other difference is a failure. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  /** Names of the cases that it holds for. */
  readonly cases: RegExp;
  /** Transforms Telegraf's series into the expected ones, where they can be computed exactly. */
  readonly applied?: (telegraf: SeriesSet) => SeriesSet;
  /**
   * Patterns of the excused differences, as `differencesOf` words them, where `applied` is impossible; each must occur.
   */
  readonly differences?: readonly RegExp[];
  /** Whether the difference may be absent, since it depends on the machine. */
  readonly mayBeAbsent?: boolean;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    name: 'text of a device is made safe',
    reason:
      'Text from outside is cut to 1 KiB and stripped of control characters, bidi overrides and outer spaces, since ' +
      'it reaches logs, terminals and pages. Telegraf hands it on as it came, line feeds included.',
    cases: /^snmp (unsafe text|conversion none|scalar (fields|tags))|^recorded /,
    applied: (telegraf) => mapTexts(telegraf, sanitized),
  },
  {
    name: 'NULL makes no tag',
    reason: "Telegraf prints Go's word for nothing into the tag: `<nil>`.",
    cases: /^snmp unsafe text in tags$/,
    applied: (telegraf) => mapTexts(telegraf, (text) => (text === '<nil>' ? '' : text)),
  },
  {
    name: 'a bad value costs only itself',
    reason:
      'When one value does not fit its conversion, Telegraf leaves out the rest of the column, or all fields of the ' +
      'block: one bad cell of a device would blind us to the others.',
    cases: /^snmp (a scalar that does not fit its conversion|column of mixed types to float)$/,
    differences: [
      /^only embedded: snmp,.* \{"good":"integer \[\\"0\\"\]"\}$/,
      /^only embedded: rows,.*,index=3 \{"mixed":"float \[\\"3\\"\]"\}$/,
      /^only embedded: rows,.*,index=4 \{"mixed":"float \[\\"4\\"\]"\}$/,
      /^only embedded: rows,.*,index=6 \{"mixed":"float \[\\"6\\"\]"\}$/,
    ],
  },
  {
    name: 'a number in text is read',
    reason:
      'Devices put spaces around numbers, units behind them, and fractions where an integer is expected. Telegraf takes no ' +
      'such text for a number.',
    cases: /^snmp conversion (float|int)/,
    differences: [
      / text_space_number: Telegraf nothing, embedded (integer|float) \["[^"]+"\]$/,
      / text_unit: Telegraf nothing, embedded (integer|float) \["[^"]+"\]$/,
      / text_decimal: Telegraf nothing, embedded integer \["23"\]$/,
      / text_exponent: Telegraf nothing, embedded integer \["1500"\]$/,
      /^only Telegraf: values_text_space_number,.*,index=0 /,
      /^only embedded: values_text_space_number,.*,text_space_number=/,
      /^only Telegraf: values_text_unit,.*,index=0 /,
      /^only embedded: values_text_unit,.*,text_unit=/,
      /^only Telegraf: values_text_decimal,.*,index=0 /,
      /^only embedded: values_text_decimal,.*,text_decimal=23 /,
      /^only Telegraf: values_text_exponent,.*,index=0 /,
      /^only embedded: values_text_exponent,.*,text_exponent=1500 /,
    ],
  },
  {
    name: 'an error in the middle of a column costs that value alone',
    reason:
      'An agent that answers noSuchName or genErr to the question for one row has others behind it. Telegraf ends the ' +
      'column there, or gives up the table.',
    cases: /^snmp agent with an error for one row, /,
    differences: [/^interface,.* ifInOctets: Telegraf nothing, embedded /],
  },
  {
    name: 'ipaddr takes addresses of every kind',
    reason:
      'Telegraf refuses the type IpAddress and addresses in text, and makes an address of the letters of an OID of 4 or ' +
      '16 letters.',
    cases: /^snmp conversion ipaddr of /,
    differences: [
      / oid_short: Telegraf string \["46\.48\.46\.48"\], embedded nothing$/,
      / address: Telegraf nothing, embedded string \["192\.0\.2\.7"\]$/,
      / text_address: Telegraf nothing, embedded string \["192\.0\.2\.7"\]$/,
      /^only Telegraf: values_oid_short,.*,oid_short=46\.48\.46\.48 /,
      /^only embedded: values_oid_short,.*,index=0 /,
      /^only Telegraf: values_address,.*,index=0 /,
      /^only embedded: values_address,address=192\.0\.2\.7,/,
      /^only Telegraf: values_text_address,.*,index=0 /,
      /^only embedded: values_text_address,.*,text_address=192\.0\.2\.7 /,
    ],
  },
  {
    name: 'a suffix of an index is cut on whole arcs',
    reason: 'Telegraf compares text: the suffix 1 is also that of 11, and leaves a dot behind.',
    cases: /^snmp suffix in the middle of an arc$/,
    differences: [
      /^only Telegraf: rows,.*,index=5\. /,
      /^only Telegraf: rows,.*,index=6\. /,
      /^only Telegraf: rows,.*,index=7\.1 /,
      /^only embedded: rows,.*,index=5 /,
      /^only embedded: rows,.*,index=6 /,
    ],
  },
  {
    name: 'a column named index wins over the index',
    reason: 'In Telegraf the one that is walked last wins, row by row.',
    cases: /^snmp a tag named index$/,
    differences: [/^only Telegraf: rows,.*,index=\d /, /^only embedded: rows,.*,index=(lo|eth0|eth1) /],
  },
  {
    name: 'a backslash in a tag is read back as one',
    reason:
      'Telegraf drops backslashes at the end of a tag, and writes a line that no store can read for one before a comma.',
    cases: /^snmp backslashes in tags$/,
    differences: [
      /^only Telegraf: values_backslash_end,.*backslash_end=C:,/,
      /^only embedded: values_backslash_end,.*backslash_end=C:\\\\,/,
      /^only Telegraf: values_backslash_two,.*backslash_two=x,/,
      /^only embedded: values_backslash_two,.*backslash_two=x\\\\\\\\,/,
      /^only Telegraf: unreadable: values_backslash_comma,/,
      /^only embedded: values_backslash_comma,.*backslash_comma=a\\\\\\,b,/,
    ],
  },
  {
    name: 'an agent that says tooBig is asked for less',
    reason: 'Telegraf gives up the column.',
    cases: /^snmp agent that says tooBig$/,
    differences: [/^only embedded: interface,/],
  },
  {
    name: "answers that are not the agent's are refused",
    reason:
      'An answer must have the version and the community of the request (RFC 1157, 1905). Telegraf takes such values as ' +
      'they come.',
    cases: /^snmp hostile agent: (wrongVersion|wrongCommunity)$/,
    differences: [/^only Telegraf: snmp,/, /^only Telegraf: interface,/],
  },
  {
    name: 'a value that cannot be read costs only itself',
    reason:
      'Telegraf loses the whole answer with a number without octets, one of nine, or a wrong length, and takes an OID of ' +
      'more than 128 arcs, which there is not (RFC 2578, 3.5).',
    cases: /^snmp (agent with values that cannot be read|hostile agent: long(Integer|Oid))$/,
    differences: [
      /^only embedded: snmp,/,
      /^only embedded: interface,/,
      /^only Telegraf: (snmp|interface),.*agent:\\ longOid,/,
    ],
  },
  {
    name: 'octets behind a message are passed over',
    reason: 'A message says its own length (RFC 1157, 4); to Telegraf a device that sends more is silent.',
    cases: /^snmp hostile agent: trailing$/,
    differences: [/^only embedded: (snmp|interface),/],
  },
  {
    name: 'GETBULK that is refused is followed by GETNEXT',
    reason: 'Telegraf gives up the column of a device that answers GETBULK with an error or not at all.',
    cases: /^snmp agent without GETBULK$/,
    differences: [/^only embedded: interface,/],
  },
  {
    name: 'request ids that a device shortens are made short',
    reason: 'To Telegraf such a device is silent.',
    cases: /^snmp agent with short request ids$/,
    differences: [/^only embedded: (snmp|interface),/],
  },
  {
    name: 'a node makes at most 5,000 new series an hour',
    reason:
      'A device whose indexes change, or that invents rows, would fill the store. What it shows first is taken whole.',
    cases: /^snmp table that grows by thousands of rows$/,
    differences: [/^only Telegraf: grown,.*,index=(500[1-9]|50[1-9]\d|5100) /],
  },
  {
    name: 'the embedded engine has no Go runtime',
    reason: 'The version of Go is no tag of it, and V8 does not count what these fields count.',
    cases: /^internal/,
    differences: [
      /^only Telegraf: internal_agent,.*,go_version=/,
      /^only embedded: internal_agent,/,
      /^internal_memstats,.* (frees|heap_objects|heap_released_bytes|mallocs|num_gc|pointer_lookups|total_alloc_bytes): Telegraf integer \*, embedded nothing$/,
    ],
  },
  {
    name: 'checks leave the own host alone',
    reason:
      'A check of HTTP or TLS must not reach what only this machine may: loopback, link-local and metadata addresses.',
    cases: /^http_response loopback$/,
    differences: [/^only Telegraf: .*,result=success,/, /^only embedded: .*,result=connection_failed,/],
  },
  {
    name: 'a check keeps cookies while it lasts',
    reason:
      'A page that sends a visitor round until he shows its cookie is up; Telegraf goes round ten times.',
    cases: /^http_response a redirect that wants its cookie back$/,
    differences: [/^only Telegraf: .*,result=connection_failed,/, /^only embedded: .*,result=success,/],
  },
  {
    name: 'a certificate that was shown is told',
    reason:
      'A server that then ends the handshake, since its client has no certificate, has shown its own. Telegraf tells ' +
      'nothing of it.',
    cases: /^x509_cert of a server that wants one of its client$/,
    differences: [
      /^only embedded: x509_cert,.*,common_name=strict,/,
      /^only embedded: x509_cert,.*,common_name=Stage\\ middle,/,
    ],
  },
  {
    name: 'every address of a name is pinged',
    reason:
      'The program that Telegraf starts knows the first one alone, which may be of a network that is not there.',
    cases: /^ping exec: a name whose IPv6 address is silent$/,
    differences: [
      / packets_received: Telegraf integer \["0"\], embedded integer \["1"\]$/,
      / packets_transmitted: Telegraf integer \["\d+"(,"\d+")*\], embedded integer \["1"\]$/,
      / percent_packet_loss: Telegraf float \["100"\], embedded float \["0"\]$/,
      / result_code: Telegraf integer \["1"\], embedded integer \["0"\]$/,
      / average_response_ms: Telegraf nothing, embedded float \*$/,
      / maximum_response_ms: Telegraf nothing, embedded float \*$/,
      / minimum_response_ms: Telegraf nothing, embedded float \*$/,
      / standard_deviation_ms: Telegraf nothing, embedded float \*$/,
    ],
  },
  {
    name: 'the fault of a certificate has words of its own',
    reason: "They are OpenSSL's findings; the code, the tag and the dates are the same.",
    // That of a server which wants one of its client has none in Telegraf.
    cases: /^x509_cert (?!of a server that wants)/,
    differences: [
      /^x509_cert,.*,verification=invalid verification_error: Telegraf string \["x509: .*"\], embedded string \["certificate [^"]*"\]$/,
    ],
  },
  {
    name: 'a root that is trusted anyway has no line',
    reason: 'TLS here does not tell whether the server sent it or it came from this machine.',
    cases: /^x509_cert with its root$/,
    differences: [/^only Telegraf: x509_cert,.*,type=root,verification=valid /],
  },
  {
    name: 'an invented host is believed throughout',
    reason: 'Telegraf asks the kernel for swap and uptime, whatever HOST_PROC says.',
    cases: /^(swap|system) invented/,
    differences: [
      /^swap,.* (free|total|used): Telegraf integer .*, embedded integer /,
      /^swap,.* used_percent: Telegraf float .*, embedded float /,
      /^system,.* uptime: Telegraf integer .*, embedded integer \["1234567"\]$/,
      /^system,.* uptime_format: Telegraf string .*, embedded string \["14 days, {2}6:56"\]$/,
    ],
  },
  {
    name: 'a device is named as df names it',
    reason: 'Telegraf hands on the octal signs of the table of mounts.',
    cases: /^(disk|shaping of disk:)/,
    applied: (telegraf) => mapTexts(telegraf, (text, isTag) => (isTag ? text.replace(/\\040/g, ' ') : text)),
  },
  {
    name: 'figures of a host are possible ones',
    reason:
      'More memory is free than there is (containers, balloons), a count below 0 was printed as unsigned: Telegraf hands ' +
      'it on, and 225,179,981,368,512 % of memory in use. A part is at most the whole here, and what is unknown unknown.',
    cases: /^(mem|net|diskio) odd host$/,
    differences: [
      /^mem,.* available: Telegraf integer \["9216000"\], embedded integer \["8192000"\]$/,
      /^mem,.* available_percent: Telegraf float \["112\.5"\], embedded float \["100"\]$/,
      /^mem,.* free: Telegraf integer \["9216000"\], embedded integer \["8192000"\]$/,
      /^mem,.* swap_free: Telegraf integer \["4096000"\], embedded integer \["1024000"\]$/,
      /^mem,.* used: Telegraf integer \["\d+"\], embedded integer \["0"\]$/,
      /^mem,.* used_percent: Telegraf float \["[\d.]+"\], embedded float \["0"\]$/,
      /^net,.* speed: Telegraf integer \["4294967295"\], embedded integer \["-1"\]$/,
      /^diskio,.* iops_in_progress: Telegraf integer \["4294967295"\], embedded integer \["0"\]$/,
    ],
  },
  {
    name: 'users are told on every platform',
    reason: 'Telegraf reads records of 384 bytes; with 64-bit times, as on arm64, they have 400.',
    cases: /^system odd host$/,
    differences: [/ n_(unique_)?users: Telegraf integer \["0"\], embedded integer \["2"\]$/],
  },
  {
    name: 'a mount that another one covers is not told',
    reason: 'Telegraf gives it the size of the one that the path leads to.',
    cases: /^disk odd host$/,
    differences: [/^only Telegraf: disk,.*,device=covered,/],
  },
  {
    name: 'fping before 5.2 tells no time to live',
    reason:
      'One fping pings a thousand hosts; a ping for each host would tell, and cost twenty times as much.',
    cases: /^ping /,
    differences: [/ ttl: Telegraf integer \["64"\], embedded nothing$/],
    mayBeAbsent: true,
  },
  {
    name: 'a silent host is sent as many packets as asked for',
    reason: "Telegraf's ping goes on until its deadline when nothing comes back.",
    cases: /^ping exec: a dead address$/,
    differences: [/ packets_transmitted: Telegraf integer \["\d+"(,"\d+")*\], embedded integer \["2"\]$/],
  },
];

/** Sanitizes a text; control characters that are left become a space. In tags, Telegraf writes them in letters. */
function sanitized(text: string, isTag: boolean): string {
  const bare = isTag ? text.replace(/\\[tnr]/g, ' ') : text;
  return sanitizeText(bare).replace(/\p{Cc}/gu, ' ');
}

/** Changes all texts of series; a text that becomes empty is dropped, as is a series without a field. */
function mapTexts(series: SeriesSet, change: (text: string, isTag: boolean) => string): SeriesSet {
  const changed: SeriesSet = new Map();
  for (const one of series.values()) {
    const tags = new Map([...one.tags].map(([name, value]) => [name, change(value, true)]));
    for (const [name, value] of tags) if (value === '') tags.delete(name);
    const isSame = [...one.tags].every(([name, value]) => tags.get(name) === value);
    const key = isSame ? one.key : encodeSeries(one.measurement, Object.fromEntries(tags)).toString();
    const fields = new Map(
      [...one.fields].map(([name, samples]) => {
        if (!samples.types.has('string')) return [name, samples] as const;
        return [
          name,
          { types: samples.types, values: new Set([...samples.values].map((text) => change(text, false))) },
        ] as const;
      }),
    );
    for (const [name, { values }] of fields) if (values.has('')) fields.delete(name);
    if (fields.size > 0) changed.set(key, { ...one, key, tags, fields });
  }
  return changed;
}
