import type { ImportedNeighbours, TopologyDevice } from '@stratora/contract';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';

/** What came of an import: how many are nodes now, and why others are not. */
export function importOutcome(
  items: ImportedNeighbours['items'],
  devices: readonly Pick<TopologyDevice, 'id' | 'name'>[],
): { readonly words: string; readonly refused: readonly string[] } {
  const names = new Map(devices.map(({ id, name }) => [id, deviceLine(name, 60)]));
  const made = items.filter(({ node_id: id, is_existing: isOld }) => id !== null && !isOld).length;
  const known = items.filter(({ node_id: id, is_existing: isOld }) => id !== null && isOld).length;
  const refused = items
    .filter(({ node_id: id }) => id === null)
    .map(
      ({ device_id: id, problem }) =>
        `${names.get(id) ?? id}: ${deviceLine(problem ?? 'could not be added', 200)}`,
    );
  const words = [`${plural(made, 'node')} added`];
  if (known > 0) words.push(known === 1 ? 'one was there already' : `${known} were there already`);
  return { words: words.join(', '), refused };
}
