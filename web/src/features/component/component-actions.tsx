import type { Component } from '@stratora/contract';
import { Ban, Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { type ComponentAction, useComponentAction } from '../../api/components.ts';
import { useMay } from '../../api/permission.ts';
import { ApprovalButtons } from '../../domain/pending-components.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ComponentForm } from './component-form.tsx';

interface Question {
  readonly action: ComponentAction;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  /** Said when it is done; of a new key its dialog tells. */
  readonly done?: string;
  /** Has to be typed first. */
  readonly type?: string;
}

function questions({
  name,
  component_type: type,
}: Component): Readonly<Record<'revoke' | 'rotate-key' | 'delete', Question>> {
  return {
    revoke: {
      action: 'revoke',
      title: `Revoke ${name}?`,
      text: 'Its key stops working within seconds, and what it collects stops arriving. It stays out, whatever token it enrolls with, until an administrator approves it again.',
      label: 'Revoke',
      done: `${name} revoked`,
      type: name,
    },
    'rotate-key': {
      action: 'rotate-key',
      title: `Rotate the key of ${name}?`,
      text: 'It fetches its next key by itself with its next call: within seconds while it is online, else when it is back. The old key stays valid until the new one is first used, seven days at most. There is nothing to do on the host.',
      label: 'Rotate key',
    },
    delete: {
      action: 'delete',
      title: `Delete ${name}?`,
      text: `Its history of configurations and reports goes with it. ${type === 'collector' ? 'Nodes that it polled stay and wait for another collector.' : 'Its node stays, with what was measured.'}`,
      label: 'Delete',
      done: `${name} deleted`,
      type: name,
    },
  };
}

/** The buttons and menu of a component; they offer only what its state allows. */
export function ComponentActions({ component }: { readonly component: Component }) {
  const may = useMay();
  const [parameters, setParameters] = useSearchParams();
  const [asked, setAsked] = useState<Question>();
  const [newKey, setNewKey] = useState<string>();
  if (!may('component.manage')) return null;
  const ask = questions(component);
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('edit', '1');
    else next.delete('edit');
    setParameters(next, { replace: !open });
  };
  const { approval } = component;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {approval !== 'approved' && <ApprovalButtons component={component} />}
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
        Edit
      </Button>
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {approval === 'approved' && (
          <MenuItem icon={<KeyRound size={14} aria-hidden />} onSelect={() => setAsked(ask['rotate-key'])}>
            Rotate key
          </MenuItem>
        )}
        {approval !== 'revoked' && (
          <MenuItem danger icon={<Ban size={14} aria-hidden />} onSelect={() => setAsked(ask.revoke)}>
            Revoke
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setAsked(ask.delete)}>
          Delete
        </MenuItem>
      </Menu>
      <ComponentForm
        component={component}
        open={parameters.get('edit') !== null}
        onClose={() => edit(false)}
      />
      <ActionQuestion
        component={component}
        asked={asked}
        onClose={() => setAsked(undefined)}
        onKey={setNewKey}
      />
      <NewKeyDialog name={component.name} newKey={newKey} onClose={() => setNewKey(undefined)} />
    </div>
  );
}

function ActionQuestion({
  component,
  asked,
  onClose,
  onKey,
}: {
  readonly component: Component;
  readonly asked: Question | undefined;
  readonly onClose: () => void;
  readonly onKey: (key: string | undefined) => void;
}) {
  const act = useComponentAction();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      open={asked !== undefined}
      onClose={onClose}
      title={asked?.title ?? ''}
      confirmLabel={asked?.label ?? ''}
      danger={asked?.action !== 'rotate-key'}
      {...(asked?.type === undefined ? {} : { typeToConfirm: asked.type })}
      onConfirm={async () => {
        if (asked === undefined) return;
        const answer = await act.mutateAsync({ id: component.id, action: asked.action });
        if (asked.action === 'rotate-key') onKey(answer?.api_key);
        if (asked.done !== undefined) tellDone(asked.done);
        if (asked.action === 'delete') await navigate(`/collection/${component.component_type}s`);
      }}
    >
      {asked?.text}
    </ConfirmDialog>
  );
}

function NewKeyDialog({
  name,
  newKey,
  onClose,
}: {
  readonly name: string;
  readonly newKey: string | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open={newKey !== undefined}
      onClose={onClose}
      title={`${name} fetches its next key`}
      lead="With its next call, by itself. The old key stays valid until then: there is nothing more to do."
    >
      <DialogBody className="flex flex-col gap-3">
        <p className="text-13 text-soft">
          Only a program of your own, which does not fetch its keys, needs this one. It is shown this once.
          The old key ends with its first use, and it ends with the first use of the one that is fetched.
        </p>
        <CopyBlock text={newKey ?? ''} label="the new key" />
      </DialogBody>
      <DialogFooter>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
