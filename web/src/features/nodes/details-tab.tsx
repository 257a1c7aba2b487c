import type { CollectionState, NodeDetail } from '@stratora/contract';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { nodeTypeName } from '../../domain/node-types.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Moment, Since } from '../../ui/time-text.tsx';
import { CredentialsPanel } from './credentials-panel.tsx';
import { DependsOnPanel } from './depends-on-panel.tsx';
import { EngineWords } from './engine-words.tsx';
import { adviseCollection, describeCollection } from './node-words.ts';
import { paceWords } from './pace-choice.ts';

function CollectionLine({ state }: { readonly state: CollectionState }) {
  const well = state.status === 'ok';
  const Icon = well ? CircleCheck : TriangleAlert;
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0">
      <Icon
        size={16}
        aria-hidden
        className={well ? 'mt-0.5 shrink-0 text-healthy' : 'mt-0.5 shrink-0 text-warning'}
      />
      <div className="min-w-0 flex-1 text-13">
        <p className="font-medium">{describeCollection(state)}</p>
        {state.message !== '' && <p className="break-words text-soft">{state.message}</p>}
        {!well && <p className="text-faint">{adviseCollection(state)}</p>}
        <EngineWords detail={state.detail} />
      </div>
      <span className="shrink-0 text-12 text-faint">
        for <Since time={state.since} />
      </span>
    </li>
  );
}

/** The details of a node: what is known of it, how it is gathered, and what it depends on. */
export function DetailsTab({ node }: { readonly node: NodeDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title="Collection">
          {node.collection.length === 0 ? (
            <p className="px-4 py-5 text-soft">
              {node.agent_id !== null
                ? 'The agent has not reported on its inputs yet.'
                : node.collector_id === null
                  ? 'Nobody polls this node. Edit it to choose a collector.'
                  : 'The collector has not reported on this node yet.'}
            </p>
          ) : (
            <ul>
              {node.collection.map((state) => (
                <CollectionLine key={state.input} state={state} />
              ))}
            </ul>
          )}
        </Panel>
        <CredentialsPanel node={node} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title="Identity">
          <Facts className="p-4">
            <Fact label="Name">{node.name}</Fact>
            <Fact label="Full name in DNS">{node.fqdn ?? '–'}</Fact>
            <Fact label="Address">
              <span className="font-mono text-12">{node.ip_address}</span>
            </Fact>
            <Fact label="Type">{nodeTypeName(node.node_type)}</Fact>
            <Fact label="Operating system">{node.os ?? '–'}</Fact>
            <Fact label="Environment">{node.environment ?? '–'}</Fact>
            <Fact label="Site">{node.site_name}</Fact>
            <Fact label="Template">{node.template}</Fact>
            {node.collector_id !== null && <Fact label="SNMP port">{node.snmp_port}</Fact>}
            {node.snmp_pace !== null && <Fact label="SNMP pace">{paceWords(node.snmp_pace)}</Fact>}
            {node.url !== null && <Fact label="Web address">{node.url}</Fact>}
            <Fact label="Added">
              <Moment time={node.created_at} />
            </Fact>
            <Fact label="Last changed">
              <Moment time={node.updated_at} />
            </Fact>
            <Fact label="Id" wide>
              <span className="font-mono text-12 break-all">{node.id}</span>
            </Fact>
          </Facts>
        </Panel>
        <DependsOnPanel node={node} />
      </div>
    </div>
  );
}
