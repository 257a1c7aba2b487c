import type { ComponentType } from '@stratora/contract';
import { COMPONENT_TYPES } from '@stratora/contract/wire';

/** Reads from an address for which type it opens the dialog that adds a component; undefined where it does not. */
export function readDeploy(parameters: URLSearchParams): ComponentType | undefined {
  const wanted = parameters.get('add');
  return wanted === null ? undefined : (COMPONENT_TYPES.find((type) => type === wanted) ?? 'collector');
}

/** Writes into an address that the dialog is open for a type, or closed. */
export function writeDeploy(parameters: URLSearchParams, type: ComponentType | undefined): URLSearchParams {
  const next = new URLSearchParams(parameters);
  if (type === undefined) next.delete('add');
  else next.set('add', type);
  return next;
}
