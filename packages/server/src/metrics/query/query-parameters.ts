import { appError } from '../../platform/http/index.ts';
import { queryFault, selectorFault } from '../promql/index.ts';

/** The bounds of one query of a user. */
export interface QueryLimits {
  /** Most points per series; Prometheus' own bound, and more than any screen has pixels. */
  pointsPerSeries: number;
  expressionBytes: number;
  /** Most selectors in `match[]`. */
  selectors: number;
}

export const QUERY_LIMITS: QueryLimits = { pointsPerSeries: 11_000, expressionBytes: 16_384, selectors: 50 };

/** The calls of Prometheus' API that read series, with the parameters that each one takes. */
export const QUERY_CALLS = {
  query: ['query', 'time', 'step', 'limit', 'lookback_delta'],
  query_range: ['query', 'start', 'end', 'step', 'limit', 'lookback_delta'],
  series: ['match[]', 'start', 'end', 'limit'],
  labels: ['match[]', 'start', 'end', 'limit'],
  label_values: ['match[]', 'start', 'end', 'limit'],
} as const;

export type QueryCall = keyof typeof QUERY_CALLS;

/**
 * Takes the known parameters of a call and leaves all others behind: those of the store itself (`extra_label`,
 * `nocache`, `trace` ...) are not for users.
 * @throws AppError 400 for a parameter that is missing, malformed, beyond a limit, or no PromQL that may go to the store
 */
export function readParameters(
  call: QueryCall,
  given: URLSearchParams,
  limits: QueryLimits,
): URLSearchParams {
  const taken = new URLSearchParams();
  for (const name of QUERY_CALLS[call]) {
    for (const value of given.getAll(name)) if (value !== '') taken.append(name, value);
  }
  if (call === 'query' || call === 'query_range') checkExpression(taken, limits);
  if (call === 'series' && !taken.has('match[]')) throw bad('match[]', 'is needed');
  const selectors = taken.getAll('match[]');
  if (selectors.length > limits.selectors) throw bad('match[]', `may come ${limits.selectors} times at most`);
  if (selectors.some((selector) => Buffer.byteLength(selector) > limits.expressionBytes)) {
    throw bad('match[]', `may hold ${limits.expressionBytes} bytes`);
  }
  for (const selector of selectors) {
    const fault = selectorFault(selector);
    if (fault !== undefined) throw bad('match[]', fault);
  }
  checkTimes(taken);
  if (call === 'query_range') checkRange(taken, limits);
  return taken;
}

function checkExpression(parameters: URLSearchParams, limits: QueryLimits): void {
  const [expression, ...more] = parameters.getAll('query');
  if (expression === undefined || more.length > 0) throw bad('query', 'is needed, once');
  if (Buffer.byteLength(expression) > limits.expressionBytes) {
    throw bad('query', `may hold ${limits.expressionBytes} bytes`);
  }
  const fault = queryFault(expression);
  if (fault !== undefined) throw bad('query', fault);
}

function checkTimes(parameters: URLSearchParams): void {
  for (const name of ['time', 'start', 'end'] as const) {
    const text = single(parameters, name);
    if (text !== undefined && Number.isNaN(parseTime(text)))
      throw bad(name, 'is neither RFC 3339 nor Unix seconds');
  }
  const step = single(parameters, 'step');
  if (step !== undefined && !(parseDuration(step) > 0)) throw bad('step', 'is no positive duration');
  const limit = single(parameters, 'limit');
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) throw bad('limit', 'is no number');
}

function checkRange(parameters: URLSearchParams, limits: QueryLimits): void {
  for (const name of ['start', 'end', 'step']) if (!parameters.has(name)) throw bad(name, 'is needed');
  const start = parseTime(parameters.get('start') ?? '');
  const end = parseTime(parameters.get('end') ?? '');
  const step = parseDuration(parameters.get('step') ?? '');
  if (end < start) throw bad('end', 'is before start');
  if ((end - start) / step > limits.pointsPerSeries) {
    throw bad(
      'step',
      `exceeds ${limits.pointsPerSeries} points per series: take a longer step or a shorter range`,
    );
  }
}

function single(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  if (more.length > 0) throw bad(name, 'may come once');
  return value;
}

/** Parses a time to seconds since 1970; NaN when the text is neither a number nor RFC 3339. */
export function parseTime(text: string): number {
  if (/^-?\d+(\.\d+)?(e\d{1,2})?$/i.test(text)) return Number(text);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) / 1_000 : Number.NaN;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Parses a number or a duration such as `1h30m` to seconds; NaN for anything else. */
export function parseDuration(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return Number.NaN;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? Number.NaN);
  }
  return seconds;
}

function bad(path: string, message: string) {
  return appError('validation_failed', `The parameter ${path} ${message}.`, {
    details: { errors: [{ path, message }] },
  });
}
