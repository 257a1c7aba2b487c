/** Kinds of values of PromQL: a number for each series, samples of each series, one number, a text. */
export type ValueType = 'vector' | 'matrix' | 'scalar' | 'string';

export interface Signature {
  readonly args: readonly ValueType[];
  /** Number of last arguments that may be left out. */
  readonly optional?: number;
  /** True when the last argument may come any number of times, or not at all. */
  readonly isVariadic?: boolean;
  readonly returns: 'vector' | 'scalar';
}

const OF_VECTOR = ['vector'] as const;

function signatures(names: string, signature: Signature): [string, Signature][] {
  return names.split(' ').map((name) => [name, signature]);
}

/** The functions that rules may use: those that Prometheus and VictoriaMetrics evaluate alike, by name. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map([
  ...signatures('abs ceil exp floor ln log10 log2 sgn sqrt deg rad sort sort_desc', {
    args: OF_VECTOR,
    returns: 'vector',
  }),
  ...signatures('acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh', {
    args: OF_VECTOR,
    returns: 'vector',
  }),
  ...signatures('clamp', { args: ['vector', 'scalar', 'scalar'], returns: 'vector' }),
  ...signatures('clamp_max clamp_min', { args: ['vector', 'scalar'], returns: 'vector' }),
  ...signatures('round', { args: ['vector', 'scalar'], optional: 1, returns: 'vector' }),
  ...signatures('histogram_quantile', { args: ['scalar', 'vector'], returns: 'vector' }),
  ...signatures('label_replace', {
    args: ['vector', 'string', 'string', 'string', 'string'],
    returns: 'vector',
  }),
  ...signatures('label_join', {
    args: ['vector', 'string', 'string', 'string'],
    isVariadic: true,
    returns: 'vector',
  }),
  ...signatures('sort_by_label sort_by_label_desc', {
    args: ['vector', 'string'],
    isVariadic: true,
    returns: 'vector',
  }),
  ...signatures('scalar', { args: OF_VECTOR, returns: 'scalar' }),
  ...signatures('vector', { args: ['scalar'], returns: 'vector' }),
  ...signatures('time pi', { args: [], returns: 'scalar' }),
  ...signatures('minute hour month year day_of_month day_of_week days_in_month', {
    args: OF_VECTOR,
    optional: 1,
    returns: 'vector',
  }),
  // Its argument is checked apart: a selector with or without a window.
  ...signatures('timestamp', { args: OF_VECTOR, returns: 'vector' }),
  ...signatures(
    'avg_over_time min_over_time max_over_time sum_over_time count_over_time stddev_over_time stdvar_over_time',
    { args: ['matrix'], returns: 'vector' },
  ),
  ...signatures('last_over_time first_over_time present_over_time', {
    args: ['matrix'],
    returns: 'vector',
  }),
  ...signatures('rate irate increase delta idelta deriv changes resets', {
    args: ['matrix'],
    returns: 'vector',
  }),
  ...signatures('quantile_over_time', { args: ['scalar', 'matrix'], returns: 'vector' }),
  ...signatures('predict_linear', { args: ['matrix', 'scalar'], returns: 'vector' }),
]);

/** The aggregations that rules may use, with the type of what stands before the vector. */
export const AGGREGATIONS: ReadonlyMap<string, 'scalar' | 'string' | undefined> = new Map([
  ...['sum', 'min', 'max', 'avg', 'count', 'group', 'stddev', 'stdvar'].map((name): [string, undefined] => [
    name,
    undefined,
  ]),
  ...['topk', 'bottomk', 'quantile'].map((name): [string, 'scalar'] => [name, 'scalar']),
  ['count_values', 'string'],
]);

const NO_DATA =
  'What no data means is said by the rule itself ("no data"), which also knows when the store or the collector is away.';
const OF_QUERY = 'It depends on how a query is asked, so that a rule and its back-test would not agree.';
const NATIVE = 'It reads native histograms, which the metric store does not keep.';
const UNKNOWN = 'The metric store has no such function, or not in every version that we run on.';

/** The functions and aggregations that the grammar knows and rules may not use, with the reason. */
export const REFUSED_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...reasons('absent absent_over_time', NO_DATA),
  ...reasons('start end step range', OF_QUERY),
  ...reasons('histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar', NATIVE),
  ...reasons('histogram_fraction histogram_quantiles', NATIVE),
  ...reasons('double_exponential_smoothing info start_timestamp mad_over_time day_of_year', UNKNOWN),
  ...reasons(
    'ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time limit_ratio',
    UNKNOWN,
  ),
  ...reasons('limitk', 'It picks series at will, and each time others.'),
]);

function reasons(names: string, reason: string): [string, string][] {
  return names.split(' ').map((name) => [name, reason]);
}

/**
 * The functions of a window whose value is another while a series is young: VictoriaMetrics takes the time before its
 * first sample for a 0 (increase, delta, idelta), for another value (changes), or they count and sum what is there.
 */
export const BIRTH_FUNCTIONS: ReadonlySet<string> = new Set([
  'increase',
  'delta',
  'idelta',
  'changes',
  'resets',
  'count_over_time',
  'sum_over_time',
]);

/** The functions that tell the time of the query where they have no argument. */
export const CLOCK_FUNCTIONS: ReadonlySet<string> = new Set([
  'time',
  'minute',
  'hour',
  'month',
  'year',
  'day_of_month',
  'day_of_week',
  'days_in_month',
]);
