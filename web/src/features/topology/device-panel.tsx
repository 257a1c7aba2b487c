import type { TopologyDevice } from '@stratora/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { useImportNeighbours } from '../../api/topology.ts';
import { sourceWords } from '../../domain/link-words.ts';
import { nodeTypeName } from '../../domain/node-types.ts';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { describeError } from '../../ui/error-text.ts';
import { Field, FormError, TextInput } from '../../ui/field.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { NeighbourList } from './neighbour-list.tsx';
import type { MapNodePanelProps } from './node-panel.tsx';
import { PanelPart, ReasonList } from './panel-part.tsx';

/** A device that is no node: what it says of itself, who sees it, and the way to make a node of it. */
export function DevicePanel({ model, node, onShow }: MapNodePanelProps) {
  const { device } = node;
  const lines = model.linesOf.get(node.id) ?? [];
  if (device === undefined) return null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <ToneBadge tone="neutral">
          {device.kind === 'unmanaged_switch' ? 'Inferred switch' : 'Not monitored'}
        </ToneBadge>
        {device.kind === 'neighbour' && (
          <span className="text-13 text-soft">{nodeTypeName(device.device_type)}</span>
        )}
      </div>
      <DeviceFacts device={device} />
      <PanelPart title={device.kind === 'unmanaged_switch' ? 'Why it is drawn' : 'Why it is no node'}>
        <ReasonList
          reasons={device.reasons.map((reason) => deviceLine(reason, 240))}
          empty="Nobody has added it yet."
        />
      </PanelPart>
      <PanelPart title={plural(lines.length, 'neighbour')}>
        <NeighbourList id={node.id} lines={lines} onShow={onShow} />
      </PanelPart>
      {device.kind === 'neighbour' && <ImportPart device={device} />}
    </>
  );
}

function DeviceFacts({ device }: { readonly device: TopologyDevice }) {
  return (
    <Facts className="border-t border-line px-4 py-3">
      {device.address !== null && (
        <Fact label="Address">
          <span className="font-mono text-12">
            <DeviceText text={device.address} max={48} />
          </span>
        </Fact>
      )}
      {device.mac_address !== null && (
        <Fact label="MAC address">
          <span className="font-mono text-12">{deviceLine(device.mac_address, 24)}</span>
        </Fact>
      )}
      <Fact label="Known from">{sourceWords(device.sources)}</Fact>
      <Fact label="Last seen">
        <Ago time={device.last_seen_at} />
      </Fact>
      {device.hosts > 0 && <Fact label="Behind it">{plural(device.hosts, 'address', 'addresses')}</Fact>}
      {device.capabilities.length > 0 && (
        <Fact label="It says it is">{deviceLine(device.capabilities.join(', '), 80)}</Fact>
      )}
      {device.description !== null && (
        <Fact label="It says of itself" wide>
          <bdi className="break-words">{deviceLine(device.description, 240)}</bdi>
        </Fact>
      )}
    </Facts>
  );
}

/** Makes a node of a neighbour, under the name and address that it tells or that somebody writes. */
function ImportPart({ device }: { readonly device: TopologyDevice }) {
  const may = useMay();
  const add = useImportNeighbours();
  const [address, setAddress] = useState(device.address ?? '');
  const [name, setName] = useState(deviceLine(device.name, 80));
  const [problem, setProblem] = useState<string>();
  const [nodeId, setNodeId] = useState<string>();
  if (!may('node.write')) return null;
  const submit = async () => {
    setProblem(undefined);
    try {
      const { items } = await add.mutateAsync({
        devices: [{ id: device.id, name: name.trim(), ip_address: address.trim() }],
      });
      const [made] = items;
      if (made?.node_id === null || made === undefined) {
        setProblem(made?.problem ?? 'It could not be added.');
        return;
      }
      setNodeId(made.node_id);
      tellDone(made.is_existing ? 'It was a node already' : `${name.trim()} is a node now`);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <PanelPart title="Make a node of it">
      <form
        className="flex flex-col gap-3 px-4 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!add.isPending) void submit();
        }}
      >
        <Field label="Name">
          {(control) => (
            <TextInput {...control} required value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label="Address" help="An IP address or a name in DNS">
          {(control) => (
            <TextInput
              {...control}
              required
              className="font-mono"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          )}
        </Field>
        <FormError>{problem === undefined ? undefined : deviceLine(problem, 240)}</FormError>
        {nodeId === undefined ? (
          <Button type="submit" look="primary" disabled={add.isPending} className="self-start">
            Import
          </Button>
        ) : (
          <Link to={`/nodes/${nodeId}`} className="text-link text-13">
            Open the node
          </Link>
        )}
      </form>
    </PanelPart>
  );
}
