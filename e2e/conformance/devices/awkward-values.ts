import type { MibObject } from '@stratora/simulator';
import { column, ENTERPRISE, type TypedValue, value } from './object-list.ts';

/** Net-snmp's float in an Opaque, in hex: 9f 78 04 (of a double 9f 79 08) before IEEE 754 octets. */
const FLOAT_1_1 = '9f78043f8ccccd';
const DOUBLE_PI = '9f7908400921fb54442d18';

/** Values of every kind that an agent may send, by the name of their field. */
export const AWKWARD_VALUES: Readonly<Record<string, TypedValue>> = {
  int_zero: value.integer(0),
  int_negative: value.integer(-12_345),
  int_largest: value.integer(2 ** 31 - 1),
  int_smallest: value.integer(-(2 ** 31)),
  counter32_largest: value.counter32(2 ** 32 - 1),
  gauge32: value.gauge32(3_000_000_000),
  ticks: value.ticks(4_294_967_295),
  counter64_small: value.counter64(7n),
  counter64_beyond_double: value.counter64(2n ** 53n + 1n),
  counter64_int64: value.counter64(2n ** 63n - 1n),
  counter64_beyond_int64: value.counter64(2n ** 63n),
  counter64_largest: value.counter64(2n ** 64n - 1n),
  text: value.text('GigabitEthernet0/1'),
  text_empty: value.text(''),
  text_special: value.text('a b,c=d"e\\f'),
  text_umlaut: value.text('Größe µ'),
  text_emoji: value.text('port 🦊'),
  text_number: value.text('42'),
  text_negative: value.text('-7'),
  text_plus: value.text('+5'),
  text_decimal: value.text('23.50'),
  text_exponent: value.text('1.5e3'),
  text_leading_zeros: value.text('0042'),
  text_hex_number: value.text('0x1F'),
  text_underscore: value.text('1_000'),
  text_infinity: value.text('inf'),
  text_not_a_number: value.text('NaN'),
  text_unit: value.text('42 C'),
  text_space_number: value.text(' 42'),
  text_address: value.text('192.0.2.7'),
  text_large_number: value.text('18446744073709551615'),
  octets_invalid_utf8: value.octets('fffe0041'),
  octets_half_utf8: value.octets('c3'),
  octets_surrogate: value.octets('eda080'),
  octets_mac: value.octets('001b21aabbcc'),
  octets_mac_ascii: value.octets('414243444546'),
  octets_eui64: value.octets('0011223344556677'),
  octets_ipv4: value.octets('c0000207'),
  octets_ipv4_ascii: value.octets('30313233'),
  octets_ipv6: value.octets('20010db8000000000000000000000001'),
  octets_ipv6_mapped: value.octets('00000000000000000000ffffc0000207'),
  octets_ipv6_zeros: value.octets('20010db8000000010000000000000001'),
  octets_two: value.octets('1234'),
  octets_three: value.octets('123456'),
  octets_eight_high: value.octets('ffffffffffffffff'),
  octets_date: value.octets('07ea03010c1e0f05'),
  octets_date_zone: value.octets('07ea03010c1e0f052b0200'),
  oid: value.oid('1.3.6.1.4.1.32473.1.2'),
  oid_short: value.oid('0.0'),
  address: value.address('192.0.2.7'),
  opaque_float: value.opaque(FLOAT_1_1),
  opaque_double: value.opaque(DOUBLE_PI),
};

/** Texts that are safe in fields, but have no single spelling in tags of line protocol. */
export const BACKSLASH_VALUES: Readonly<Record<string, TypedValue>> = {
  backslash_end: value.text('C:\\'),
  backslash_two: value.text('x\\\\'),
  backslash_comma: value.text('a\\,b'),
  backslash_letter: value.text('a\\b'),
};

/** Texts that engines write differently on purpose, tested in cases of their own. */
export const UNSAFE_VALUES: Readonly<Record<string, TypedValue>> = {
  text_long: value.text('0123456789abcdef'.repeat(128)),
  text_line_feed: value.text('first\nsecond'),
  text_tab: value.text('a\tb'),
  text_bell: value.text('bell\u0007'),
  text_escape: value.text('\u001b[31mred\u001b[0m'),
  text_nul: value.text('name\0'),
  text_bidi: value.text('abc\u202edef'),
  text_spaces_around: value.text('  padded  '),
  text_only_spaces: value.text('   '),
  null: value.null(),
};

const ENTRIES = [
  { entry: `${ENTERPRISE}.1`, values: AWKWARD_VALUES },
  { entry: `${ENTERPRISE}.2`, values: UNSAFE_VALUES },
  { entry: `${ENTERPRISE}.3`, values: BACKSLASH_VALUES },
];

/** Builds each value as a column of its own with the instance 0. */
export function valueObjects(): MibObject[] {
  return ENTRIES.flatMap(({ entry, values }) =>
    Object.values(values).flatMap((one, at) => column(`${entry}.${at + 1}`, { 0: one })),
  );
}

/** Returns the OID of a value's column. */
export function oidOf(name: string): string {
  for (const { entry, values } of ENTRIES) {
    const at = Object.keys(values).indexOf(name);
    if (at >= 0) return `${entry}.${at + 1}`;
  }
  throw new Error(`there is no value ${name}`);
}

/** What a switch sends for some of its values in place of what can be read, in hex: tag, length and content. */
export const ODD_VALUES: Readonly<Record<string, string>> = {
  // sysServices: an integer without octets.
  '1.3.6.1.2.1.1.7.0': '0200',
  // ifType of the second port: nine octets.
  '1.3.6.1.2.1.2.2.1.3.2': '0209000000000000000006',
  // ifInOctets of the third: one octet less than it says.
  '1.3.6.1.2.1.2.2.1.10.3': '410207',
};
