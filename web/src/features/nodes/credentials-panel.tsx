import type { CredentialPurpose, NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, KeyRound, PlugZap } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link } from 'react-router';
import { useNodeCredential } from '../../api/nodes.ts';
import { useMay } from '../../api/permission.ts';
import { credentialsQuery } from '../../api/resources.ts';
import { useCredentialTest } from '../../domain/credential-test-dialog.tsx';
import { credentialTypeName, purposeName, purposeOf } from '../../domain/credential-types.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';

interface PanelProps {
  readonly node: NodeDetail;
}

/** The credentials of a node, one for each purpose, each with its test. */
export function CredentialsPanel({ node }: PanelProps) {
  const test = useCredentialTest();
  const [attaching, setAttaching] = useState(false);
  const mayAttach = useMay()('credential.attach') && node.agent_id === null;
  return (
    <Panel
      title="Credentials"
      aside={mayAttach && <Button onClick={() => setAttaching(true)}>Attach</Button>}
    >
      {node.credentials.length === 0 ? (
        <p className="px-4 py-5 text-soft">
          {node.agent_id !== null
            ? 'None needed: the agent has its own key.'
            : 'None attached. SNMP needs one.'}
        </p>
      ) : (
        <ul>
          {node.credentials.map((credential) => (
            <li
              key={credential.purpose}
              className="flex items-center gap-3 border-b border-line px-4 py-2 text-13 last:border-b-0"
            >
              <KeyRound size={16} aria-hidden className="shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <Link
                  to={`/settings/credentials/${credential.credential_id}`}
                  className="block truncate font-medium hover:underline"
                >
                  {credential.name}
                </Link>
                <span className="text-12 text-faint">
                  {credentialTypeName(credential.type)}, for {purposeName(credential.purpose)}
                </span>
              </div>
              {mayAttach && (
                <>
                  <Button
                    icon={<PlugZap size={14} aria-hidden />}
                    aria-label={`Test ${credential.name}`}
                    disabled={test.isStarting}
                    onClick={() =>
                      test.run({
                        credentialId: credential.credential_id,
                        credentialName: credential.name,
                        nodeId: node.id,
                      })
                    }
                  >
                    Test
                  </Button>
                  <AttachmentMenu node={node} attached={credential} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {test.dialog}
      <FormDialog
        open={attaching}
        onClose={() => setAttaching(false)}
        title="Attach a credential"
        lead="It takes the place of the one that the node has for the same purpose."
      >
        {(close) => <AttachForm node={node} close={close} />}
      </FormDialog>
    </Panel>
  );
}

function AttachmentMenu({
  node,
  attached: { purpose, name },
}: PanelProps & { readonly attached: NodeDetail['credentials'][number] }) {
  const change = useNodeCredential();
  const detach = () => {
    change
      .mutateAsync({ nodeId: node.id, purpose: purpose as CredentialPurpose, credentialId: null })
      .then(() => tellDone(`${name} detached`))
      .catch((error: unknown) => tellFailure(`${name} was not detached`, error));
  };
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${name}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem danger onSelect={detach}>
        Detach
      </MenuItem>
    </Menu>
  );
}

function AttachForm({ node, close }: PanelProps & { readonly close: FormClose }) {
  const credentials = useQuery(credentialsQuery).data ?? [];
  const change = useNodeCredential();
  const form = useForm({ defaultValues: { credential_id: '' } });
  const state = useSubmit(form, ['credential_id'], async ({ credential_id: credentialId }) => {
    const chosen = credentials.find(({ id }) => id === credentialId);
    if (chosen === undefined) {
      form.setError('credential_id', { message: 'Choose one' });
      return;
    }
    const purpose = purposeOf(chosen.type);
    await change.mutateAsync({ nodeId: node.id, purpose, credentialId });
    close.done();
    tellDone(`${chosen.name} attached for ${purposeName(purpose)}`);
  });
  return (
    <EditForm form={form} state={state} edited={undefined} close={close} addLabel="Attach">
      <FormSelect
        form={form}
        name="credential_id"
        label="Credential"
        help={
          credentials.length === 0 ? 'There are none yet; an administrator adds them in Settings.' : undefined
        }
        options={[
          { value: '', label: 'Choose one' },
          ...credentials.map(({ id, name, type, enabled }) => ({
            value: id,
            label: name,
            note: `${credentialTypeName(type)}${enabled ? '' : ', switched off'}`,
          })),
        ]}
      />
    </EditForm>
  );
}
