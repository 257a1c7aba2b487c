import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { type MapModel, type MapNode, otherEnd } from './map-model.ts';

/** Says why links of a node may be missing: the server's reasons, and how many of its neighbours nobody knows. */
export function missingWords(node: MapNode, model: MapModel): readonly string[] {
  const unknown = (model.linesOf.get(node.id) ?? []).filter(
    (line) => model.byId.get(otherEnd(line, node.id))?.kind === 'neighbour',
  ).length;
  const words = node.reasons.map((reason) => deviceLine(reason, 240));
  if (unknown > 0)
    words.push(`${plural(unknown, 'neighbour')} ${unknown === 1 ? 'is' : 'are'} not monitored`);
  return words;
}
