import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { nodeNeighboursQuery } from '../../api/topology.ts';
import { tableName } from '../../domain/link-words.ts';
import { nodeTypeName } from '../../domain/node-types.ts';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { StatusBadge } from '../../ui/status.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { ImpactPart } from './impact-part.tsx';
import type { MapAddress } from './map-address.ts';
import type { MapModel, MapNode } from './map-model.ts';
import { missingWords } from './missing-words.ts';
import { NeighbourList } from './neighbour-list.tsx';
import { PanelPart, ReasonList } from './panel-part.tsx';

export interface MapNodePanelProps {
  readonly model: MapModel;
  readonly node: MapNode;
  readonly address: MapAddress;
  readonly onChange: (next: Partial<MapAddress>) => void;
  readonly onShow: (id: string) => void;
}

/** A node of the map: its neighbours, why some may be missing, and what goes dark without it. */
export function NodePanel({ model, node, address, onChange, onShow }: MapNodePanelProps) {
  const lines = model.linesOf.get(node.id) ?? [];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 text-13">
        {node.status !== null && <StatusBadge status={node.status} />}
        <span className="text-soft">{nodeTypeName(node.type)}</span>
        {node.behind > 0 && <span className="text-soft">{plural(node.behind, 'guest')}</span>}
        <Link to={`/nodes/${node.id}`} className="text-link ml-auto max-md:py-2">
          Open the node
        </Link>
      </div>
      <PanelPart title={lines.length === 0 ? 'No neighbours known' : plural(lines.length, 'neighbour')}>
        <NeighbourList id={node.id} lines={lines} onShow={onShow} />
      </PanelPart>
      <ReadingPart node={node} lines={lines.length} model={model} />
      <ImpactPart subject={{ node_id: node.id }} name={node.name} address={address} onChange={onChange} />
    </>
  );
}

/** Why links of it may be missing, and how each of its tables was read. */
function ReadingPart({
  node,
  model,
}: {
  readonly node: MapNode;
  readonly lines: number;
  readonly model: MapModel;
}) {
  const neighbours = useQuery({ ...nodeNeighboursQuery(node.id), retry: false });
  const tables = (neighbours.data?.tables ?? []).filter(({ state }) => state !== 'absent');
  const reasons = missingWords(node, model);
  return (
    <PanelPart title="Why links may be missing">
      <ReasonList
        reasons={reasons}
        empty={
          neighbours.data !== undefined && neighbours.data.read_at === null
            ? 'Its neighbours have not been read yet.'
            : 'Nothing says that any is missing.'
        }
      />
      {tables.length > 0 && (
        <details className="px-4 pb-3 text-13">
          <summary className="cursor-pointer text-soft max-md:py-2">
            Its tables, read <Ago time={neighbours.data?.read_at ?? null} />
          </summary>
          <ul className="mt-2 flex flex-col gap-1">
            {tables.map(({ table, state, rows, left_out: left, reason }) => (
              <li key={table}>
                <span className="font-medium">{tableName(table)}</span>{' '}
                <span className="tabular text-soft">
                  {plural(rows, 'row')}
                  {state === 'part' && ', in part'}
                  {state === 'failed' && ', not read'}
                  {left > 0 && `, ${left} left out`}
                </span>
                {reason !== null && (
                  <div className="text-12 text-faint break-words">{deviceLine(reason, 240)}</div>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </PanelPart>
  );
}
