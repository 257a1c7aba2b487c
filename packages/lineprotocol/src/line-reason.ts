/**
 * Reasons why a line is refused: a closed set, which also labels counters. A verdict is 0 for a good line, else one
 * plus the index of the reason here.
 */
export const LINE_REASONS = [
  'bad_utf8',
  'control_character',
  'bad_measurement',
  'bad_tag',
  'too_many_tags',
  'duplicate_key',
  'reserved_name',
  'bad_field',
  'too_many_fields',
  'bad_number',
  'bad_timestamp',
  'too_long',
] as const;

export type LineReason = (typeof LINE_REASONS)[number];

/** Verdicts by name; the scanner hands them on negated, beside offsets. */
export const VERDICT = {
  good: 0,
  badUtf8: 1,
  controlCharacter: 2,
  badMeasurement: 3,
  badTag: 4,
  tooManyTags: 5,
  duplicateKey: 6,
  reservedName: 7,
  badField: 8,
  tooManyFields: 9,
  badNumber: 10,
  badTimestamp: 11,
  tooLong: 12,
} as const;

/** Bounds of one line. Beyond them VictoriaMetrics would cut or drop silently, so such a line is refused. */
export const LINE_LIMITS = {
  /** Bytes of a line; VictoriaMetrics ends a whole request at a line of 256 KiB. */
  lineBytes: 65_536,
  /** Bytes of measurement, tag key and field key. VictoriaMetrics keeps 256 bytes of a label name. */
  nameBytes: 256,
  /** Bytes of a tag value; VictoriaMetrics drops points with longer ones, older versions cut at 16 KiB. */
  tagValueBytes: 4_096,
  /** Number of tags; VictoriaMetrics drops points with more, older versions cut to what they are set up for. */
  tags: 40,
  fields: 1_024,
  /** Most bytes of a number: a longer one is not a measured value. */
  numberBytes: 512,
} as const;
