import { COMPONENT_TYPES, type ComponentType } from '@stratora/contract';

/** Whether an address asks for the dialog that adds a component, and of which type. */
export function readDeploy(parameters: URLSearchParams): ComponentType | undefined {
  const wanted = parameters.get('add');
  return wanted === null ? undefined : (COMPONENT_TYPES.find((type) => type === wanted) ?? 'collector');
}

/** The same address with the dialog open or closed. */
export function writeDeploy(parameters: URLSearchParams, type: ComponentType | undefined): URLSearchParams {
  const next = new URLSearchParams(parameters);
  if (type === undefined) next.delete('add');
  else next.set('add', type);
  return next;
}
