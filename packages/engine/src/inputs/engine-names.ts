import { NameLookup, type NameLookupOptions, OutboundGuard } from '@stratora/runtime';
import type { SharedServices } from '../shared-services.ts';
import { nameServerSilent, nameWithoutAddress, targetForbidden } from '../target-words.ts';

/** The name of the shared service. */
export const NAMES_SERVICE = 'engine.names';

/** The name of the shared guard. */
export const GUARD_SERVICE = 'checks.guard';

/** Makes the lookup of names of an engine. */
export function createNames(options: NameLookupOptions = {}): NameLookup {
  return new NameLookup({ words: { without: nameWithoutAddress, silent: nameServerSilent }, ...options });
}

/** Returns the lookup that all inputs of an engine share. */
export function namesOf(services: SharedServices): NameLookup {
  return services.get(NAMES_SERVICE, () => createNames());
}

/** Returns the guard that all checks of an engine share which speak HTTP or TLS. */
export function guardOf(services: SharedServices): OutboundGuard {
  return services.get(GUARD_SERVICE, () => createGuard({ names: namesOf(services) }));
}

/** Makes the guard of such checks. */
export function createGuard(options: { names?: NameLookup; allow?: readonly string[] } = {}): OutboundGuard {
  return new OutboundGuard({ names: createNames(), refusal: targetForbidden, ...options });
}
