import type { Component, Site } from '@stratora/contract';

type Choosable = Pick<Component, 'id' | 'name' | 'component_type' | 'approval' | 'connection'>;

/** Who polls a site's nodes where nobody chose a collector for them, in words. */
export function siteCollectorName(
  { default_collector_id: id }: Pick<Site, 'default_collector_id'>,
  components: readonly Pick<Component, 'id' | 'name'>[],
): string {
  if (id === null) return "the server's own";
  return components.find((component) => component.id === id)?.name ?? 'one that is gone';
}

/** Collectors that can be given nodes, and the one that has them now, whatever it is. */
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
