import type { Component, ComponentType } from '@stratora/contract';

/** The allowance for a browser whose clock differs from the server's: what was known before decides, time only bounds it. */
const SLACK_MS = 5 * 60_000;

/** The components that came since a token was made: of its type, and not known before; the newest last. */
export function newcomers(
  components: readonly Component[],
  wanted: { readonly type: ComponentType; readonly known: ReadonlySet<string>; readonly since: string },
): readonly Component[] {
  const from = Date.parse(wanted.since) - SLACK_MS;
  return components
    .filter(
      ({ id, component_type: type, registered_at: registered }) =>
        type === wanted.type && !wanted.known.has(id) && Date.parse(registered) >= from,
    )
    .toSorted((a, b) => (a.registered_at < b.registered_at ? -1 : 1));
}
