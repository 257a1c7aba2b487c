export { escapeMeasurement, escapeName, escapeString } from './line-escape.ts';
export { encodeSeries, type LineTags, LineWriter } from './line-writer.ts';
