/**
 * Words of the store's language that are refused as the name of a metric, in lower case: keywords, and all aggregations of
 * VictoriaMetrics. Before it evaluates, it writes parts of an expression down and reads them again; with such a name
 * the text may be another expression or none, and then its process ends (1.79.5 and 1.153.0).
 */
const WORDS: ReadonlySet<string> = new Set(
  [
    'any avg bottomk bottomk_avg bottomk_last bottomk_max bottomk_median bottomk_min count count_values distinct',
    'geomean group histogram limitk limit_ratio mad max median min mode outliers_iqr outliers_mad outliersk quantile',
    'quantiles share stddev stdvar sum sum2 topk topk_avg topk_last topk_max topk_median topk_min zscore',
    'and or unless if ifnot default atan2 bool on ignoring group_left group_right by without offset limit with',
    'keep_metric_names prefix fill fill_left fill_right inf nan',
  ].flatMap((line) => line.split(' ')),
);

/** Tells whether a metric of this name cannot be asked for safely. */
export function isWordOfLanguage(metric: string): boolean {
  return WORDS.has(metric.toLowerCase());
}
