/** What the address of the map says: everything that a colleague sees, too. */
export interface MapAddress {
  readonly site: string | undefined;
  /** What is chosen: a node, a device, a link or a ghost. */
  readonly chosen: string | undefined;
  readonly view: 'map' | 'list' | undefined;
  /** Whether the panel tells what goes dark when the chosen one is pulled. */
  readonly isImpact: boolean;
}

const ID = /^[\w-]{1,64}$/;

function readId(parameters: URLSearchParams, name: string): string | undefined {
  const text = parameters.get(name) ?? '';
  return ID.test(text) ? text : undefined;
}

export function readMapAddress(parameters: URLSearchParams): MapAddress {
  const view = parameters.get('view');
  return {
    site: readId(parameters, 'site'),
    chosen: readId(parameters, 'show'),
    view: view === 'map' || view === 'list' ? view : undefined,
    isImpact: parameters.get('pull') === '1',
  };
}

/** Writes a change into an address; everything else in it stays. */
export function writeMapAddress(parameters: URLSearchParams, change: Partial<MapAddress>): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const put = (name: string, value: string | undefined) => {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  };
  if ('site' in change) put('site', change.site);
  if ('chosen' in change) {
    put('show', change.chosen);
    next.delete('pull');
  }
  if ('view' in change) put('view', change.view);
  if ('isImpact' in change) put('pull', change.isImpact ? '1' : undefined);
  return next;
}
