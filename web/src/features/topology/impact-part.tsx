import type { Impact, ImpactQuery, NodeStatus } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Plug, Wrench } from 'lucide-react';
import { Link } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { impactQuery } from '../../api/topology.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { STATUS_LOOKS, StatusIcon } from '../../ui/status.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { maintenanceAddress } from './maintenance-address.ts';
import type { MapAddress } from './map-address.ts';
import { PanelPart } from './panel-part.tsx';

interface ImpactPartProps {
  readonly subject: ImpactQuery;
  readonly name: string;
  readonly address: MapAddress;
  readonly onChange: (next: Partial<MapAddress>) => void;
}

/** Nodes that are named; the map shows the others. */
const NAMED_MAX = 12;

/** Before the plug is pulled: what goes dark, what redundancy is left, and the way to a maintenance window. */
export function ImpactPart({ subject, name, address, onChange }: ImpactPartProps) {
  const impact = useQuery({ ...impactQuery(subject), enabled: address.isImpact });
  return (
    <PanelPart title="Before the plug is pulled">
      <div className="flex flex-col gap-3 px-4 pb-4 text-13">
        {!address.isImpact && (
          <Button icon={<Plug size={14} aria-hidden />} onClick={() => onChange({ isImpact: true })}>
            What goes dark?
          </Button>
        )}
        {address.isImpact && impact.data !== undefined && <ImpactWords impact={impact.data} name={name} />}
        {address.isImpact && impact.data === undefined && impact.isError && (
          <ErrorState
            title="It could not be worked out"
            error={impact.error}
            onRetry={() => void impact.refetch()}
          />
        )}
        {address.isImpact && impact.isPending && <SkeletonRows count={3} />}
        {address.isImpact && (
          <Button look="ghost" onClick={() => onChange({ isImpact: false })}>
            Show the map as it is
          </Button>
        )}
      </div>
    </PanelPart>
  );
}

function ImpactWords({ impact, name }: { readonly impact: Impact; readonly name: string }) {
  const may = useMay();
  const plan = maintenanceAddress(impact.maintenance_node_ids, deviceLine(name, 80));
  return (
    <>
      {impact.summary.map((sentence) => (
        <p key={sentence}>
          <bdi className="break-words">{deviceLine(sentence, 400)}</bdi>
        </p>
      ))}
      <NodeNames
        title={`${plural(impact.dark.length, 'node')} ${impact.dark.length === 1 ? 'goes' : 'go'} dark`}
        nodes={impact.dark}
      />
      <NodeNames
        title={`${plural(impact.at_risk.length, 'node')} with one way left`}
        nodes={impact.at_risk}
      />
      {impact.members_left !== null && (
        <p className="text-soft">{plural(impact.members_left, 'cable')} of the aggregate left.</p>
      )}
      {impact.unknown > 0 && (
        <p className="text-soft">
          {plural(impact.unknown, 'node')} cannot be judged: no link leads from a collector to{' '}
          {impact.unknown === 1 ? 'it' : 'them'}.
        </p>
      )}
      {may('maintenance.write') && plan !== undefined && (
        <ButtonLink to={plan} look="primary" icon={<Wrench size={14} aria-hidden />}>
          Plan maintenance
        </ButtonLink>
      )}
    </>
  );
}

function isStatus(text: string): text is NodeStatus {
  return Object.hasOwn(STATUS_LOOKS, text);
}

function NodeNames({ title, nodes }: { readonly title: string; readonly nodes: Impact['dark'] }) {
  if (nodes.length === 0) return null;
  return (
    <div>
      <h4 className="mb-1 text-12 text-faint">{title}</h4>
      <ul aria-label={title} className="flex flex-col gap-1">
        {nodes.slice(0, NAMED_MAX).map(({ id, name, status }) => (
          <li key={id} className="flex min-w-0 items-center gap-2">
            {isStatus(status) && <StatusIcon status={status} size={14} />}
            <Link to={`/nodes/${id}`} className="min-w-0 truncate hover:underline max-md:py-2">
              <DeviceText text={name} max={60} />
            </Link>
          </li>
        ))}
      </ul>
      {nodes.length > NAMED_MAX && <p className="mt-1 text-faint">and {nodes.length - NAMED_MAX} more</p>}
    </div>
  );
}
