import { escapeName } from '@stratora/lineprotocol';
import type { OidPlan } from '@stratora/snmp';
import type { SnmpOptions } from './snmp-options.ts';
import { TableEncoder } from './table-encoder.ts';
import { planTable, sharedOids, type TablePlan } from './table-plan.ts';
import { type Conversion, fieldConversion } from './value-conversion.ts';

/** A field of the block; `key` is `,name=`, and undefined for tags and for what the block's filters leave out. */
export interface PlannedField {
  readonly name: string;
  readonly isTag: boolean;
  readonly conversion: Conversion;
  readonly key: Buffer | undefined;
  /** True for one of several of the same name, of which the last that has a value is written. */
  readonly isTwin: boolean;
}

export interface PreparedTable {
  readonly plan: TablePlan;
  readonly encoder: TableEncoder;
}

/** The options of a block, made ready for all its agents and cycles. */
export interface BlockPlan {
  readonly name: string;
  readonly hostTag: string;
  readonly maxRepetitions: number;
  readonly stopOnError: boolean;
  readonly maxRequests: number | undefined;
  readonly fields: { readonly oids: OidPlan; readonly list: readonly PlannedField[] } | undefined;
  readonly tables: readonly PreparedTable[];
}

const plans = new Map<string, WeakRef<BlockPlan>>();

/**
 * Plans a block. Thousands of blocks are rendered from one template and differ in their agents only: they share one
 * plan, which keeps nothing of any of them.
 */
export function planBlock(options: SnmpOptions, keepsField: (name: string) => boolean): BlockPlan {
  const { targets: _, ...asked } = options;
  const columns = [...asked.fields, ...asked.tables.flatMap((table) => table.columns)];
  const key = JSON.stringify([asked, columns.map(({ name }) => keepsField(name))]);
  const known = plans.get(key)?.deref();
  if (known !== undefined) return known;
  const made = makePlan(options, keepsField);
  for (const [other, plan] of plans) if (plan.deref() === undefined) plans.delete(other);
  plans.set(key, new WeakRef(made));
  return made;
}

function makePlan(options: SnmpOptions, keepsField: (name: string) => boolean): BlockPlan {
  const list = options.fields.map((field) => ({
    name: field.name,
    isTag: field.isTag,
    conversion: field.isTag ? field.conversion : fieldConversion(field.oid, field.conversion),
    key: !field.isTag && keepsField(field.name) ? Buffer.from(`,${escapeName(field.name)}=`) : undefined,
    isTwin: options.fields.filter(({ name, isTag }) => name === field.name && !isTag).length > 1,
  }));
  return {
    name: options.name,
    hostTag: options.agentHostTag,
    maxRepetitions: options.maxRepetitions,
    stopOnError: options.stopOnError,
    maxRequests: options.maxRequests,
    fields:
      list.length === 0 ? undefined : { oids: sharedOids(options.fields.map((field) => field.oid)), list },
    tables: options.tables.map((table) => {
      const plan = planTable(table, keepsField);
      return { plan, encoder: new TableEncoder(plan) };
    }),
  };
}
