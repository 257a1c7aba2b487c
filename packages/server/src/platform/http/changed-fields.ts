/** Returns those fields of a change that are given and not as before: a `PUT` of what was read changes nothing. */
export function changedFields<T extends object>(before: object, change: T): Partial<T> {
  const known = new Map<string, unknown>(Object.entries(before));
  const isNew = ([name, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(known.get(name));
  return Object.fromEntries(Object.entries(change).filter(isNew)) as Partial<T>;
}

export function isEmpty(change: object): boolean {
  return Object.keys(change).length === 0;
}
