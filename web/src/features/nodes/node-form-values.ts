import type { NodeDetail, UpdateNode } from '@stratora/contract';
import { PACES, type PaceChoice, paceChoice } from './pace-choice.ts';

export interface NodeFormValues {
  readonly name: string;
  readonly ip_address: string;
  readonly node_type: string;
  /** Empty: the server chooses. */
  readonly site_id: string;
  readonly template: string;
  /** Empty: the site's. */
  readonly collector_id: string;
  readonly credential_id: string;
  readonly snmp_port: string;
  readonly snmp_pace: PaceChoice;
  readonly url: string;
  readonly environment: string;
}

export function toNodeForm(node: NodeDetail | undefined): NodeFormValues {
  return {
    name: node?.name ?? '',
    ip_address: node?.ip_address ?? '',
    node_type: node?.node_type ?? 'other',
    site_id: node?.site_id ?? '',
    template: node?.template ?? 'ping',
    collector_id: node?.collector_chosen === true ? (node.collector_id ?? '') : '',
    credential_id: node?.credentials.find(({ purpose }) => purpose === 'snmp')?.credential_id ?? '',
    snmp_port: String(node?.snmp_port ?? 161),
    snmp_pace: paceChoice(node?.snmp_pace),
    url: node?.url ?? '',
    environment: node?.environment ?? '',
  };
}

/**
 * The body to send. Choices that are left to the server are left out of it; only a node that is there, and not one that
 * its agent reports, is told to go with its site again.
 */
export function toNodeBody(values: NodeFormValues, node: NodeDetail | undefined): UpdateNode {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  return {
    name: values.name.trim(),
    ip_address: values.ip_address.trim(),
    node_type: values.node_type as NonNullable<UpdateNode['node_type']>,
    template: values.template,
    ...(values.site_id === '' ? {} : { site_id: values.site_id }),
    ...collectorOf(values, node),
    snmp_port: Number(values.snmp_port),
    ...paceOf(values.snmp_pace),
    url: text(values.url),
    environment: text(values.environment),
  };
}

/** A pace that the form does not offer stays as it is. */
function paceOf(choice: PaceChoice): Pick<UpdateNode, 'snmp_pace'> {
  if (choice === 'own') return {};
  return { snmp_pace: choice === '' ? null : PACES[choice] };
}

function collectorOf(
  { collector_id: chosen }: NodeFormValues,
  node: NodeDetail | undefined,
): Pick<UpdateNode, 'collector_id'> {
  if (chosen !== '') return { collector_id: chosen };
  return node === undefined || node.agent_id !== null ? {} : { collector_id: null };
}
