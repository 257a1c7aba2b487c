/**
 * Device templates: data files (TOML, `templates/<slug>.toml`) that say what a kind of node is polled for, how that
 * becomes the product's metrics, and what its page shows.
 *
 * **From a template to a telegraf.conf.** Each entry of `inputs` becomes one `[[inputs.<plugin>]]` block per node:
 *
 * - `interval_seconds` becomes `interval = "Ns"`; `id` becomes `alias` (with the node's id) where one is wanted;
 * - every key of `options`, and `field`, `table` and `object` as they are, are the block's options in Telegraf's own
 *   words;
 * - the target is bound by the plugin: `ping.urls = [ip_address]`, `snmp.agents = ["udp://host:port"]` (IPv6 in
 *   brackets), `http_response.urls = [url]`, `x509_cert.sources = [url]`, `vsphere.vcenters = ["https://host/sdk"]`; inputs
 *   of an agent have no target;
 * - an SNMP credential gives `version`, `community` or the `sec_*`, `auth_*`, `priv_*` options, and nothing else does;
 * - `requires` leaves an input out for a node that has no such thing (no SNMP credential, no URL);
 * - the node's tags go below it: `[inputs.<plugin>.tags] node_id, node_name`.
 *
 * **From raw columns to the product's metrics.** Neither engine can join or scale columns, so a table that needs it is
 * collected under a measurement that starts with `raw_`, and `metrics` says what a row of it becomes. The server's
 * ingest applies that once for both engines (`MetricNormalizer` of the server), and no `raw_` series
 * is stored. Measurements without the prefix pass as they are.
 *
 * **Inheritance.** `extends` names templates whose inputs, metric rules and panels come first; an entry with the same
 * `id` replaces the inherited one in its place (`resolveDeviceTemplate`).
 */
import { z } from 'zod';
import { metricNameSchema, metricRuleSchema } from './metric-rule.ts';
import { templateSlugSchema } from './node.ts';
import { pacedInterval, paceOptions, type SnmpPace, snmpPaceSchema } from './snmp-pace.ts';

/** Plugins a template may use: those that neither start programs of the config's choice nor read files of its choice. */
const HOST_PLUGINS = ['cpu', 'mem', 'swap', 'disk', 'diskio', 'net', 'system', 'internal'] as const;
const LINUX_PLUGINS = ['processes', 'kernel', 'linux_sysctl_fs', 'systemd_units'] as const;
/** Plugins that only the Telegraf engine has, and only on Windows. */
const WINDOWS_PLUGINS = ['win_perf_counters', 'win_services'] as const;

/** Plugins of an agent, by the system that it runs on. */
export const AGENT_PLUGINS = {
  linux: [...HOST_PLUGINS, ...LINUX_PLUGINS],
  windows: [...HOST_PLUGINS, ...WINDOWS_PLUGINS],
} as const;
export const COLLECTOR_PLUGINS = ['ping', 'snmp', 'http_response', 'x509_cert', 'vsphere'] as const;

/** Options that are the node's or the credential's, so that no template can set them. */
const BOUND_OPTIONS = new Set([
  'agents',
  'urls',
  'sources',
  'interval',
  'alias',
  'tags',
  'field',
  'table',
  'object',
  'Sources',
  'version',
  'community',
  'sec_name',
  'sec_level',
  'auth_protocol',
  'auth_password',
  'priv_protocol',
  'priv_password',
  'context_name',
  'binary',
  'arguments',
  'path',
]);
/** Those of `vsphere` alone, which mean something else or nothing to other plugins. */
const BOUND_VSPHERE_OPTIONS = ['vcenters', 'username', 'password', 'disconnected_servers_behavior'];

const idSchema = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and _');
const oidSchema = z.string().regex(/^\.?\d{1,10}(\.\d{1,10}){1,127}$/, 'must be a numeric object identifier');
const slugSchema = templateSlugSchema;

const fieldCommon = {
  name: metricNameSchema,
  oid: oidSchema,
  is_tag: z.boolean().optional(),
  conversion: z
    .string()
    .regex(
      /^(float(\(\d{1,2}\))?|int|hwaddr|ipaddr|hex|hextoint:(BigEndian|LittleEndian):uint(16|32|64))$/,
      'must be a conversion of Telegraf that needs no MIB',
    )
    .optional(),
};

/** `[[inputs.snmp.field]]`: one object, fetched by GET. */
export const templateSnmpFieldSchema = z.strictObject(fieldCommon);

/** `[[inputs.snmp.table.field]]`: one column. */
export const templateSnmpColumnSchema = z.strictObject({
  ...fieldCommon,
  oid_index_suffix: z.string().optional(),
  oid_index_length: z.int().min(0).max(128).optional(),
  secondary_index_table: z.boolean().optional(),
  secondary_index_use: z.boolean().optional(),
  secondary_outer_join: z.boolean().optional(),
});

/** `[[inputs.snmp.table]]`: `name` is the measurement. */
export const templateSnmpTableSchema = z.strictObject({
  name: metricNameSchema,
  index_as_tag: z.boolean().optional(),
  inherit_tags: z.array(metricNameSchema).optional(),
  field: z.array(templateSnmpColumnSchema).min(1).max(128),
});

/** `[[inputs.win_perf_counters.object]]`: counters of one object of Windows, all or some of its instances. */
export const templateCounterObjectSchema = z.strictObject({
  ObjectName: z.string().min(1).max(200),
  /** The measurement; every counter is a field, with `%` as Percent, `/sec` as `_persec` and `_` for a space. */
  Measurement: metricNameSchema,
  Counters: z.array(z.string().min(1).max(200)).min(1).max(64),
  /** `["*"]` for all, `["------"]` for an object that has none. */
  Instances: z.array(z.string().min(1).max(200)).min(1).max(64),
  IncludeTotal: z.boolean().optional(),
  UseRawValues: z.boolean().optional(),
  WarnOnMissing: z.boolean().optional(),
});

const optionValueSchema = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string().max(1000), z.number(), z.boolean()])).max(100),
]);
export type TemplateOptionValue = z.infer<typeof optionValueSchema>;

export const templateInputSchema = z
  .strictObject({
    /** Unique in the template; a child's input with the same id replaces it. */
    id: idSchema,
    plugin: z.enum([...HOST_PLUGINS, ...LINUX_PLUGINS, ...WINDOWS_PLUGINS, ...COLLECTOR_PLUGINS]),
    /** Interval in seconds; the collector's own (10 s) by default. */
    interval_seconds: z.int().min(1).max(86_400).optional(),
    /**
     * Need of the input, which is left out for nodes that have none: an SNMP credential, a URL, a URL that starts with
     * `https://`, a vSphere credential.
     */
    requires: z.enum(['snmp_credential', 'url', 'https_url', 'vsphere_credential']).optional(),
    options: z
      .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), optionValueSchema)
      .refine((options) => !Object.keys(options).some((name) => BOUND_OPTIONS.has(name)), {
        message: 'sets an option that belongs to the node or to its credential',
      })
      .default({}),
    field: z.array(templateSnmpFieldSchema).max(128).default([]),
    table: z.array(templateSnmpTableSchema).max(32).default([]),
    object: z.array(templateCounterObjectSchema).max(64).default([]),
  })
  .refine(
    (input) => input.plugin !== 'vsphere' || !BOUND_VSPHERE_OPTIONS.some((name) => name in input.options),
    {
      path: ['options'],
      message: 'sets an option that belongs to the node or to its credential',
    },
  )
  .refine(
    (input) => input.plugin === 'snmp' || (input.field.length === 0 && input.table.length === 0),
    'only snmp has fields and tables',
  )
  .refine(
    (input) => (input.plugin === 'win_perf_counters') === input.object.length > 0,
    'win_perf_counters, and nothing else, has objects',
  )
  .refine(
    (input) => input.plugin !== 'snmp' || input.field.length > 0 || input.table.length > 0,
    'polls nothing: give it a field or a table',
  );
export type TemplateInput = z.infer<typeof templateInputSchema>;

/** Systems that an agent's template is for. */
export const TEMPLATE_PLATFORMS = ['linux', 'windows'] as const;
export type TemplatePlatform = (typeof TEMPLATE_PLATFORMS)[number];

export const PANEL_UNITS = [
  'percent',
  'bytes',
  'bytes_per_second',
  'bits_per_second',
  'packets_per_second',
  'per_second',
  'milliseconds',
  'seconds',
  'celsius',
  'volts',
  'amperes',
  'watts',
  'rpm',
  'count',
  'none',
  /** 0 good, 1 a warning, 2 failed. */
  'state',
] as const;

/**
 * A panel of the node's page. `expr` is PromQL with two placeholders: `$node` (the matcher `node_id="..."`) and
 * `$window` (a duration that fits the shown range, at least four intervals). `legend` takes labels as `{{name}}`;
 * `{{a|b}}` is the first of them that is not empty.
 *
 * A `chart` draws values over time and a `stat` shows the newest. A `table` has a row for each thing that the legend names and a
 * column for each query; `bars` show how full each thing is, from `min` to `max`.
 */
export const templatePanelSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1).max(80),
  group: z.enum([
    'power',
    'availability',
    'cpu',
    'memory',
    'storage',
    'sessions',
    'wireless',
    'network',
    'interfaces',
    'sensors',
    'system',
    'poe',
    'stack',
  ]),
  kind: z.enum(['chart', 'stat', 'table', 'bars']).default('chart'),
  unit: z.enum(PANEL_UNITS),
  /** Bounds of the axis; free where absent. */
  min: z.number().optional(),
  max: z.number().optional(),
  stacked: z.boolean().default(false),
  /** Value below or above which a bar is marked. */
  low: z.number().optional(),
  high: z.number().optional(),
  queries: z
    .array(
      z.strictObject({
        expr: z
          .string()
          .min(1)
          .max(1000)
          .refine((expr) => expr.includes('$node'), 'must select the node with $node'),
        legend: z.string().max(80),
        /** Heading of the query's column in a table; the unit is the panel's unless it is told. */
        column: z.string().min(1).max(40).optional(),
        unit: z.enum(PANEL_UNITS).optional(),
      }),
    )
    .min(1)
    .max(8),
});
export type TemplatePanel = z.infer<typeof templatePanelSchema>;

/** The signs by which discovery finds that a device is of this kind. */
export const templateMatchSchema = z.strictObject({
  /** Prefixes of sysObjectID, on whole arcs; the longest match over all templates wins. */
  sys_object_ids: z.array(oidSchema).default([]),
  /** Regular expressions (no flags) over sysDescr. */
  sys_descr: z.array(z.string().max(200)).default([]),
});

export const deviceTemplateSchema = z
  .strictObject({
    slug: slugSchema,
    name: z.string().min(1).max(80),
    description: z.string().max(500),
    /** The component that gathers: the host's own agent, or the collector of the node. */
    gathered_by: z.enum(['agent', 'collector']),
    /** The system of the agent's host; Linux by default. Collectors have none. */
    platform: z.enum(TEMPLATE_PLATFORMS).optional(),
    vendor: z.string().max(80).optional(),
    extends: z.array(slugSchema).max(8).default([]),
    /** True for a part that others inherit, which nobody chooses for a node. */
    part: z.boolean().optional(),
    match: templateMatchSchema.prefault({}),
    /** How gently devices of this kind are asked by SNMP, the inherited inputs included. */
    pace: snmpPaceSchema.optional(),
    inputs: z.array(templateInputSchema).max(64).default([]),
    metrics: z.array(metricRuleSchema).max(128).default([]),
    panels: z.array(templatePanelSchema).max(64).default([]),
  })
  .superRefine((template, context) => {
    const isAgent = template.gathered_by === 'agent';
    const allowed: readonly string[] = isAgent ? AGENT_PLUGINS[platformOf(template)] : COLLECTOR_PLUGINS;
    if (!isAgent && template.platform !== undefined) {
      context.addIssue({ code: 'custom', path: ['platform'], message: 'is for what an agent gathers' });
    }
    template.inputs.forEach((input, index) => {
      if (!allowed.includes(input.plugin)) {
        context.addIssue({
          code: 'custom',
          path: ['inputs', index, 'plugin'],
          message: `is not gathered by ${isAgent ? `an agent on ${platformOf(template)}` : 'a collector'}`,
        });
      }
    });
    for (const list of ['inputs', 'panels'] as const) {
      const seen = new Set<string>();
      template[list].forEach(({ id }, index) => {
        if (seen.has(id))
          context.addIssue({ code: 'custom', path: [list, index, 'id'], message: 'is used twice' });
        seen.add(id);
      });
    }
  });
export type DeviceTemplate = z.infer<typeof deviceTemplateSchema>;

function platformOf({ platform }: Pick<DeviceTemplate, 'platform'>): TemplatePlatform {
  return platform ?? 'linux';
}

/**
 * Resolves a template with everything it inherits. Parents come first, in their order; an input or a panel whose id is
 * taken replaces the one before it, in its place. Metric rules of parents are included once.
 *
 * @throws RangeError for an unknown parent, a circle, or parents gathered by the other kind of component
 */
export function resolveDeviceTemplate(
  slug: string,
  templates: ReadonlyMap<string, DeviceTemplate>,
  path: readonly string[] = [],
): DeviceTemplate {
  const own = templates.get(slug);
  if (own === undefined) throw new RangeError(`template "${slug}" does not exist`);
  if (path.includes(slug))
    throw new RangeError(`templates inherit in a circle: ${[...path, slug].join(' > ')}`);
  const parents = own.extends.map((parent) => resolveDeviceTemplate(parent, templates, [...path, slug]));
  const stranger = parents.find(
    (parent) => parent.gathered_by !== own.gathered_by || platformOf(parent) !== platformOf(own),
  );
  if (stranger !== undefined) {
    throw new RangeError(`template "${slug}" cannot inherit "${stranger.slug}", which another kind gathers`);
  }
  return {
    ...own,
    inputs: atPace(mergeById([...parents.map((parent) => parent.inputs), own.inputs]), own.pace ?? {}),
    panels: mergeById([...parents.map((parent) => parent.panels), own.panels]),
    metrics: [...new Set([...parents.flatMap((parent) => parent.metrics), ...own.metrics])],
  };
}

/** Returns the inputs with what a pace sets for those of SNMP. */
function atPace(inputs: TemplateInput[], pace: SnmpPace): TemplateInput[] {
  if (Object.keys(pace).length === 0) return inputs;
  return inputs.map((input) =>
    input.plugin === 'snmp'
      ? {
          ...input,
          interval_seconds: pacedInterval(input.interval_seconds, pace),
          options: { ...input.options, ...paceOptions(pace) },
        }
      : input,
  );
}

function mergeById<T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] {
  const byId = new Map<string, T>();
  for (const item of lists.flat()) byId.set(item.id, item);
  return [...byId.values()];
}
