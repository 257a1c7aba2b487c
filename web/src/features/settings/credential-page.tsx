import type { Credential, Node } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Pencil, PlugZap } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { credentialNodesQuery } from '../../api/credential-tests.ts';
import { useMay } from '../../api/permission.ts';
import { credentialQuery, useSwitchCredential } from '../../api/resources.ts';
import { useCredentialTest } from '../../domain/credential-test-dialog.tsx';
import { credentialTypeName } from '../../domain/credential-types.ts';
import { secretFieldName } from '../../domain/credential-words.ts';
import { EditDialog } from '../../domain/edit-form.tsx';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { NodePicker } from '../../domain/node-picker.tsx';
import { useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { StatusIcon } from '../../ui/status.tsx';
import { Moment } from '../../ui/time-text.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { CredentialForm } from './credential-form.tsx';
import { DeleteCredential } from './delete-credential.tsx';
import { RevealDialog } from './reveal-dialog.tsx';

type Tester = ReturnType<typeof useCredentialTest>;

/** The page of a credential: what it holds, which nodes use it, and whether it works. */
export function CredentialPage() {
  const { credentialId = '' } = useParams();
  return (
    <EntityPage
      query={useQuery(credentialQuery(credentialId))}
      noun="credential"
      icon={KeyRound}
      list={{ to: '/settings/credentials', label: 'All credentials' }}
      gone="It may have been deleted."
    >
      {(credential) => <CredentialView credential={credential} />}
    </EntityPage>
  );
}

function CredentialView({ credential }: { readonly credential: Credential }) {
  const test = useCredentialTest();
  const may = useMay();
  return (
    <>
      <EntityHeader
        path={[{ to: '/settings/credentials', label: 'Credentials' }]}
        name={credential.name}
        marks={
          <ToneBadge tone={credential.enabled ? 'good' : 'neutral'}>
            {credential.enabled ? 'In use' : 'Switched off'}
          </ToneBadge>
        }
        actions={may('credential.manage') && <CredentialActions credential={credential} />}
      >
        {credentialTypeName(credential.type)}, used by {plural(credential.node_count, 'node')}
      </EntityHeader>
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <UsedBy credential={credential} test={test} />
          {may('credential.attach') && <TestPanel credential={credential} test={test} />}
        </div>
        <Panel title="About">
          <Facts className="p-4">
            <Fact label="Type">{credentialTypeName(credential.type)}</Fact>
            <Fact label="Holds" wide>
              {credential.secret_fields.map(secretFieldName).join(', ')}
            </Fact>
            <Fact label="Description" wide>
              {credential.description ?? '–'}
            </Fact>
            <Fact label="Added">
              <Moment time={credential.created_at} />
            </Fact>
            <Fact label="Last changed">
              <Moment time={credential.updated_at} />
            </Fact>
          </Facts>
        </Panel>
      </div>
      {test.dialog}
    </>
  );
}

function CredentialActions({ credential }: { readonly credential: Credential }) {
  const form = useFormAddress();
  const navigate = useNavigate();
  const change = useSwitchCredential();
  const [dialog, setDialog] = useState<'reveal' | 'delete'>();
  const { id, name, enabled } = credential;
  const switchIt = () => {
    change
      .mutateAsync({ id, enabled: !enabled })
      .then(() => tellDone(enabled ? `${name} is switched off` : `${name} is in use again`))
      .catch((error: unknown) => tellFailure(`${name} was not changed`, error));
  };
  return (
    <>
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => form.edit('1')}>
        Edit
      </Button>
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setDialog('reveal')}>Reveal the secret</MenuItem>
        <MenuItem onSelect={switchIt}>{enabled ? 'Switch off' : 'Use again'}</MenuItem>
        <MenuItem danger onSelect={() => setDialog('delete')}>
          Delete
        </MenuItem>
      </Menu>
      <EditDialog
        open={form.editing !== undefined}
        onClose={form.close}
        entity={credential}
        pathOf={(one) => `/credentials/${one}`}
        addTitle="Add a credential"
      >
        {(edited, close) => <CredentialForm edited={edited} close={close} />}
      </EditDialog>
      <RevealDialog
        credential={dialog === 'reveal' ? credential : undefined}
        onClose={() => setDialog(undefined)}
      />
      <DeleteCredential
        credential={dialog === 'delete' ? credential : undefined}
        onClose={() => setDialog(undefined)}
        onDeleted={() => void navigate('/settings/credentials')}
      />
    </>
  );
}

interface PartProps {
  readonly credential: Credential;
  readonly test: Tester;
}

function UsedBy({ credential, test }: PartProps) {
  const nodes = useQuery(credentialNodesQuery(credential.id));
  const may = useMay();
  const items = nodes.data?.items ?? [];
  const more = (nodes.data?.total ?? 0) - items.length;
  return (
    <Panel title="Used by">
      {nodes.data === undefined ? (
        nodes.isError ? (
          <ErrorState
            title="The nodes could not be loaded"
            error={nodes.error}
            onRetry={() => void nodes.refetch()}
          />
        ) : (
          <SkeletonRows />
        )
      ) : items.length === 0 ? (
        <EmptyState icon={KeyRound} title="No node uses it">
          Attach it on the page of a node, in Details.
        </EmptyState>
      ) : (
        <ul aria-label="Nodes that use it">
          {items.map((node) => (
            <UsingNode key={node.id} node={node}>
              {may('credential.attach') && (
                <TestButton credential={credential} test={test} nodeId={node.id} about={node.name} />
              )}
            </UsingNode>
          ))}
          {more > 0 && <li className="px-4 py-2.5 text-13 text-faint">and {formatCount(more)} more</li>}
        </ul>
      )}
    </Panel>
  );
}

function UsingNode({ node, children }: { readonly node: Node; readonly children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2 text-13 last:border-b-0">
      <StatusIcon status={node.status} size={14} />
      <div className="min-w-0 flex-1">
        <Link to={`/nodes/${node.id}`} className="block truncate font-medium hover:underline">
          {node.name}
        </Link>
        <span className="font-mono text-12 text-faint">{node.ip_address}</span>
      </div>
      {children}
    </li>
  );
}

interface TestButtonProps extends PartProps {
  readonly nodeId: string;
  /** Name of the node, for who does not see which row it stands in. */
  readonly about?: string;
}

function TestButton({ credential, test, nodeId, about }: TestButtonProps) {
  const { id: credentialId, name: credentialName, enabled } = credential;
  return (
    <Button
      icon={<PlugZap size={14} aria-hidden />}
      disabled={test.isStarting || !enabled || nodeId === ''}
      title={enabled ? undefined : 'Switch it on first'}
      aria-label={about === undefined ? undefined : `Test at ${about}`}
      onClick={() => test.run({ credentialId, credentialName, nodeId })}
    >
      Test
    </Button>
  );
}

/** Tests it at any node, before it is attached there. */
function TestPanel({ credential, test }: PartProps) {
  const [nodeId, setNodeId] = useState('');
  return (
    <Panel title="Test at another node">
      <div className="flex flex-col gap-3 p-4">
        <NodePicker id={nodeId} onChoose={setNodeId} />
        <div>
          <TestButton credential={credential} test={test} nodeId={nodeId} />
        </div>
      </div>
    </Panel>
  );
}
