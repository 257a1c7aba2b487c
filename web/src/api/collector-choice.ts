import type { Component, Site } from '@stratora/contract';

type Choosable = Pick<Component, 'id' | 'name' | 'component_type' | 'approval' | 'connection'>;

/** Names the collector that polls a site's nodes where nobody chose one for them. */
export function siteCollectorName(
  { default_collector_id: id }: Pick<Site, 'default_collector_id'>,
  components: readonly Pick<Component, 'id' | 'name'>[],
): string {
  if (id === null) return "the server's own";
  return components.find((component) => component.id === id)?.name ?? 'one that is gone';
}

/** The collectors to choose from for nodes: those approved, and the one that has them now, whatever its state. */
export function collectorChoices(
  components: readonly Choosable[],
  current = '',
): { readonly value: string; readonly label: string; readonly note?: string }[] {
  return components
    .filter(
      ({ id, component_type: type, approval }) =>
        type === 'collector' && (approval === 'approved' || id === current),
    )
    .map((component) => ({ value: component.id, label: component.name, ...noteOf(component) }));
}

function noteOf({ approval, connection }: Choosable): { note?: string } {
  if (approval === 'pending') return { note: 'Waits for approval' };
  if (approval !== 'approved') return { note: `Was ${approval}` };
  if (connection === 'offline') return { note: 'Not heard from' };
  return connection === 'never_seen' ? { note: 'Never heard from' } : {};
}
