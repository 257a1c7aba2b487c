/**
 * Trials of alert definitions, saved or not: what one matches now (preview), and what it would have told of the past
 * (back-test). Neither fires anything.
 *
 * The definition is tried as if it were saved and switched on. It judges the nodes for which it is the effective one of its
 * family: not those for which a narrower one replaces it.
 */
import { z } from 'zod';
import { alertSeveritySchema } from './alert.ts';
import { COMPARISONS, createAlertDefinitionSchema } from './alert-definition.ts';
import { idSchema, measuredValueSchema, timeSchema } from './field.ts';

export const BACKTEST_HOURS_MAX = 720;
/** Most matches, alerts and drawn series of an answer; totals count all. */
export const PREVIEW_ITEMS_MAX = 500;
export const BACKTEST_ALERTS_MAX = 500;
export const BACKTEST_SERIES_MAX = 10;
/** Most points of a drawn series. */
export const BACKTEST_POINTS_MAX = 500;
/** Notices for each node and day above which a back-test warns. */
export const NOISE_BUDGET = 1;

/** `POST /alert-definitions/preview`. */
export const previewDefinitionSchema = z.strictObject({
  definition: createAlertDefinitionSchema,
  /** Id of the saved definition that this is a change of; absent for a new one. */
  id: idSchema.optional(),
});
export type PreviewDefinition = z.infer<typeof previewDefinitionSchema>;

/** A series that a definition judges now. */
export const previewItemSchema = z.object({
  node_id: idSchema,
  node_name: z.string(),
  instance: z.string(),
  labels: z.record(z.string(), z.string()),
  value: measuredValueSchema,
  /** The severity whose threshold the value is beyond: an alert would fire after the duration; null where it is good. */
  severity: alertSeveritySchema.nullable(),
  threshold: z.number().nullable(),
  /** Text of the alert; null where the value is good. */
  summary: z.string().nullable(),
});
export type PreviewItem = z.infer<typeof previewItemSchema>;

export const definitionPreviewSchema = z.object({
  at: timeSchema,
  /** Why the definition cannot be tried; null where it was. All else is empty then. */
  not_tried: z.string().nullable(),
  /** The worst first, then by node and instance. */
  items: z.array(previewItemSchema),
  /** Series that it judges, whether bad or good. */
  total: z.int(),
  /** Series by severity. */
  counts: z.object({ critical: z.int(), warning: z.int(), good: z.int() }),
  /** Nodes that it judges, and those of them that have a series. */
  nodes: z.int(),
  nodes_with_data: z.int(),
  /** The expression with its look-back; one of them where nodes have several. */
  query: z.string().nullable(),
  /** What its author may have meant otherwise, each with its place in the expression. */
  warnings: z.array(z.object({ line: z.int(), column: z.int(), message: z.string() })),
});
export type DefinitionPreview = z.infer<typeof definitionPreviewSchema>;

/** `POST /alert-definitions/backtest`. */
export const backtestDefinitionSchema = previewDefinitionSchema.extend({
  /** Hours back from now. */
  hours: z.number().positive().max(BACKTEST_HOURS_MAX),
  /** Limits it to one node. */
  node_id: idSchema.optional(),
});
export type BacktestDefinition = z.infer<typeof backtestDefinitionSchema>;

/** An alert as it would have been. */
export const backtestAlertSchema = z.object({
  node_id: idSchema,
  node_name: z.string(),
  instance: z.string(),
  /** The highest that it had. */
  severity: alertSeveritySchema,
  /** When the condition became true. */
  started_at: timeSchema,
  /** When it fired. */
  from: timeSchema,
  /** When it resolved; null where it was active at the end. */
  to: timeSchema.nullable(),
  duration_seconds: z.number(),
  /** The worst value while it was active; null where there was none. */
  peak: measuredValueSchema.nullable(),
  /** Whether it came and went so often that it stayed active as one. */
  is_flapping: z.boolean(),
  /** Times at which somebody would have been told: it fired, rose, became unstable, or was released after a hold. */
  notices: z.int(),
  /** What held it back when it fired; null where nothing did. */
  held_by: z.enum(['unreachable', 'maintenance']).nullable(),
});
export type BacktestAlert = z.infer<typeof backtestAlertSchema>;

/** A series to draw: those with alerts first, then those that came nearest to one. */
export const backtestSeriesSchema = z.object({
  node_id: idSchema,
  node_name: z.string(),
  instance: z.string(),
  /** Unix seconds with the worst value from then to the next point. A time without samples has no point, and no infinite value has. */
  points: z.array(z.tuple([z.number(), z.number()])),
  /** Times in which an alert was active, as unix seconds; the last ends at the end of the trial where it goes on. */
  active: z.array(z.object({ from: z.number(), to: z.number(), severity: alertSeveritySchema })),
});
export type BacktestSeries = z.infer<typeof backtestSeriesSchema>;

export const definitionBacktestSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  /** Seconds between two evaluations. Above 10 it is coarser than the evaluator: short alerts may be missing. */
  step_seconds: z.int(),
  /** Whether the whole range was tried in the evaluator's own steps; `remarks` say what was not. */
  complete: z.boolean(),
  /** Why the definition cannot be tried on the past; null where it was. All else is empty then. */
  not_tried: z.string().nullable(),
  /** What a reader must know of how it was tried. */
  remarks: z.array(z.string()),
  /** Until when it was tried: `to`, or earlier where the time allowed was over. */
  tried_until: timeSchema,
  /** Nodes that it judges, and series that were read. */
  nodes: z.int(),
  series_count: z.int(),
  /** The newest first. */
  alerts: z.array(backtestAlertSchema),
  total: z.int(),
  notices: z.int(),
  /** Notices that were not sent since a hold was in force. */
  held_notices: z.int(),
  noise: z.object({
    /** Notices for each node and day, over the nodes that it judges. */
    per_node_and_day: z.number(),
    budget: z.number(),
    /** Nodes above the budget, the noisiest first, at most ten. */
    nodes: z.array(z.object({ node_id: idSchema, node_name: z.string(), notices: z.int() })),
    /** Number of nodes above the budget. */
    nodes_over: z.int(),
    /** A warning in words; null within the budget. */
    warning: z.string().nullable(),
  }),
  comparison: z.enum(COMPARISONS),
  /** Thresholds to draw. */
  warning: z.number().nullable(),
  critical: z.number().nullable(),
  unit: z.string().nullable(),
  query: z.string().nullable(),
  series: z.array(backtestSeriesSchema),
});
export type DefinitionBacktest = z.infer<typeof definitionBacktestSchema>;
