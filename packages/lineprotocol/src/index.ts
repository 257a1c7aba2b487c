export { type DecodedLine, decodeLine } from './line-decode.ts';
export { escapeMeasurement, escapeName, escapeString } from './line-escape.ts';
export { LINE_LIMITS, LINE_REASONS, type LineReason } from './line-reason.ts';
export { LineScanner, type Precision } from './line-scanner.ts';
export { encodeSeries, type LineTags, LineWriter } from './line-writer.ts';
export { joinTextLines } from './text-lines.ts';
export { findPlain, valueEnd } from './text-scan.ts';
