/** Alert definitions of the mock: those that the product ships, and some that people changed and replaced. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AlertDefinition, DEFINITION_DEFAULTS } from '@stratora/contract';
import { parse } from 'smol-toml';
import type { Plant } from './plant.ts';
import { ago, idOf } from './seeds.ts';

const SHIPPED = fileURLToPath(new URL('../../alert-definitions', import.meta.url));
const KIND = 21;

function plain(index: number, given: Partial<AlertDefinition>): AlertDefinition {
  return {
    id: idOf(KIND, index),
    slug: `rule_${index}`,
    name: `Rule ${index}`,
    ...DEFINITION_DEFAULTS,
    scope_name: null,
    override_count: 0,
    is_shipped: true,
    is_changed: false,
    refusal: null,
    created_at: ago(86_400 * 30),
    updated_at: ago(86_400 * 30),
    ...given,
  };
}

function readShipped(): AlertDefinition[] {
  if (!existsSync(SHIPPED)) return [];
  return readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.toml'))
    .map((name, index) =>
      plain(index, parse(readFileSync(`${SHIPPED}/${name}`, 'utf8')) as Partial<AlertDefinition>),
    );
}

export function makeDefinitions({ sites, nodes }: Plant): AlertDefinition[] {
  const shipped = readShipped();
  const cpu = shipped.find(({ slug }) => slug === 'cpu_usage_percent');
  const site = sites[2];
  const node = nodes[5];
  if (cpu === undefined || site === undefined || node === undefined) return shipped;
  Object.assign(cpu, { is_changed: true, critical: 97, override_count: 2, updated_at: ago(7_200) });
  const override = { overrides: cpu.id, is_shipped: false, is_changed: false, override_count: 0 };
  return [
    ...shipped,
    {
      ...cpu,
      ...override,
      id: idOf(KIND, 900),
      slug: 'cpu-munich',
      name: `CPU (${site.name})`,
      scope: { type: 'site', id: site.id },
      scope_name: site.name,
      warning: null,
      warning_clear: null,
      duration_seconds: 900,
    },
    {
      ...cpu,
      ...override,
      id: idOf(KIND, 901),
      slug: 'cpu-node',
      name: `CPU (${node.name})`,
      scope: { type: 'node', id: node.id },
      scope_name: node.name,
      enabled: false,
    },
    plain(902, {
      slug: 'queue-length',
      name: 'Queue of orders',
      expr: 'max by (node_id, node_name, queue) (orders_queue_length)',
      warning: 500,
      critical: 2000,
      unit: 'orders',
      duration_seconds: 120,
      instance_labels: ['queue'],
      is_shipped: false,
    }),
  ];
}
