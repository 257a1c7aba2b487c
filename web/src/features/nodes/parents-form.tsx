import { NODE_PARENTS_MAX, type NodeDetail, type NodeParents } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useForm } from 'react-hook-form';
import { nodeSearchQuery } from '../../api/nodes.ts';
import { nodeTopologyQuery, useSetParents } from '../../api/topology.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { type Edited, EditedEntity } from '../../domain/edited-entity.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';
import { noParentsWords } from './neighbourhood.ts';

interface ParentsDialogProps {
  readonly open: boolean;
  readonly node: NodeDetail;
  readonly onClose: () => void;
}

/** The form in which an operator names the nodes that a node is reached through. */
export function ParentsDialog({ open, node, onClose }: ParentsDialogProps) {
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={`What leads to ${node.name}`}
      lead="While all of these are down, its alerts are held, and the cause is told of alone."
    >
      {(close) => (
        <EditedEntity<NodeParents> path={`/nodes/${node.id}/parents`}>
          {(edited) => edited && <ParentsForm node={node} edited={edited} close={close} />}
        </EditedEntity>
      )}
    </FormDialog>
  );
}

interface Parent {
  readonly id: string;
  /** Absent of those that were set before. */
  readonly name?: string;
}

interface Values {
  readonly parents: readonly Parent[];
}

interface ParentsFormProps {
  readonly node: NodeDetail;
  readonly edited: Edited<NodeParents>;
  readonly close: FormClose;
}

function ParentsForm({ node, edited, close }: ParentsFormProps) {
  const save = useSetParents(node.id);
  const near = useQuery(nodeTopologyQuery(node.id)).data?.nodes ?? [];
  const nameOf = ({ id, name }: Parent) =>
    name ?? near.find((known) => known.id === id)?.name ?? 'another node';
  const form = useForm<Values>({
    defaultValues: { parents: edited.value.node_ids.map((id) => ({ id })) },
  });
  const parents = form.watch('parents');
  const choose = (chosen: readonly Parent[]) => form.setValue('parents', chosen, { shouldDirty: true });
  const state = useSubmit(form, [], async ({ parents: chosen }) => {
    await save.mutateAsync({ nodeIds: chosen.map(({ id }) => id), ifMatch: edited.etag });
    close.done();
    tellDone(`${node.name} saved`);
  });
  return (
    <EditForm form={form} state={state} edited={edited} close={close}>
      {parents.length === 0 ? (
        <p className="text-13 text-soft break-words">
          {noParentsWords({
            wereSet: edited.value.node_ids.length > 0,
            derivedNames: edited.value.derived_ids.map((id) => nameOf({ id })),
          })}
        </p>
      ) : (
        <ul aria-label="Parents" className="flex flex-col gap-1">
          {parents.map((parent) => (
            <li
              key={parent.id}
              className="flex items-center gap-2 rounded-md border border-line px-3 py-1 text-13"
            >
              <span className="min-w-0 flex-1 truncate font-medium">{nameOf(parent)}</span>
              <IconButton
                label={`Remove ${nameOf(parent)}`}
                onClick={() => choose(parents.filter(({ id }) => id !== parent.id))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {parents.length < NODE_PARENTS_MAX && (
        <ParentSearch
          without={[node.id, ...parents.map(({ id }) => id)]}
          onChoose={(parent) => choose([...parents, parent])}
        />
      )}
    </EditForm>
  );
}

interface ParentSearchProps {
  /** Ids of nodes that cannot be chosen. */
  readonly without: readonly string[];
  readonly onChoose: (parent: Parent) => void;
}

function ParentSearch({ without, onChoose }: ParentSearchProps) {
  const [text, setText] = useState('');
  const found = useQuery(nodeSearchQuery(useDeferredValue(text.trim())));
  const matches = (found.data?.items ?? []).filter(({ id }) => !without.includes(id));
  const hasNone = text.trim() !== '' && found.data !== undefined && matches.length === 0;
  return (
    <>
      <Field label="Find a node" help="By name or address; several are ways that stand in for each other">
        {(control) => (
          <TextInput
            {...control}
            type="search"
            value={text}
            onChange={({ target }) => setText(target.value)}
            autoComplete="off"
          />
        )}
      </Field>
      {hasNone && <p className="text-13 text-soft">No other node matches.</p>}
      {text.trim() !== '' && matches.length > 0 && (
        <ul aria-label="Matches" className="flex flex-col gap-1">
          {matches.map(({ id, name, ip_address: address }) => (
            <li key={id} className="flex items-center gap-2 text-13">
              <span className="min-w-0 flex-1 truncate">
                {name} <span className="font-mono text-12 text-faint">{address}</span>
              </span>
              <Button
                icon={<Plus size={14} aria-hidden />}
                aria-label={`Add ${name}`}
                onClick={() => {
                  onChoose({ id, name });
                  setText('');
                }}
              >
                Add
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
