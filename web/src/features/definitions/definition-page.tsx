import type { AlertDefinition } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CornerDownRight, ListChecks, OctagonAlert } from 'lucide-react';
import { Link, useParams } from 'react-router';
import { definitionQuery, definitionsQuery } from '../../api/alert-definitions.ts';
import { alertsQuery } from '../../api/alerts.ts';
import { useMay } from '../../api/permission.ts';
import { AlertList } from '../../domain/alert-list.tsx';
import { kindName, overrideWords, scopeWords, thresholdWords } from '../../domain/definition-words.ts';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { RunbookLink } from '../../domain/runbook-link.tsx';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Moment } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { DefinitionActions } from './definition-actions.tsx';
import { toDefinitionBody, toDefinitionForm } from './definition-form-values.ts';
import { TrialPanel } from './trial-panel.tsx';

const ACTIVE_SHOWN = 10;

export function DefinitionPage() {
  const { definitionId = '' } = useParams();
  const definition = useQuery(definitionQuery(definitionId));
  return (
    <EntityPage
      query={definition}
      noun="alert definition"
      icon={ListChecks}
      list={{ to: '/alerts/definitions', label: 'All definitions' }}
      gone="It may have been deleted. Its alerts stay in the history."
    >
      {(value) => <DefinitionView definition={value} />}
    </EntityPage>
  );
}

function DefinitionView({ definition }: { readonly definition: AlertDefinition }) {
  const all = useQuery(definitionsQuery).data ?? [];
  const root = all.find(({ id }) => id === definition.overrides);
  const overrides = all.filter(({ overrides: own }) => own === definition.id);
  return (
    <>
      <DefinitionHeader definition={definition} root={root} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <Judged definition={definition} />
          <Trials definition={definition} />
          {definition.overrides === null && <Overrides root={definition} overrides={overrides} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ActiveNow definition={definition} />
          <About definition={definition} />
        </div>
      </div>
    </>
  );
}

interface DefinitionHeaderProps {
  readonly definition: AlertDefinition;
  readonly root: AlertDefinition | undefined;
}

function DefinitionHeader({ definition, root }: DefinitionHeaderProps) {
  return (
    <EntityHeader
      path={[
        { to: '/alerts/definitions', label: 'Alert definitions' },
        ...(root === undefined ? [] : [{ to: `/alerts/definitions/${root.id}`, label: root.name }]),
      ]}
      name={definition.name}
      marks={
        <>
          {!definition.enabled && <ToneBadge tone="warn">Switched off</ToneBadge>}
          {definition.refusal !== null && <ToneBadge tone="bad">Judges nothing</ToneBadge>}
          {definition.is_changed && <ToneBadge tone="neutral">Changed</ToneBadge>}
        </>
      }
      actions={<DefinitionActions definition={definition} />}
    >
      {root === undefined
        ? `${kindName(definition.kind)}. Holds for ${definition.scope.type === 'global' ? 'every node' : scopeWords(definition)}.`
        : `Replaces ${root.name}. ${overrideWords(definition, root)}.`}
    </EntityHeader>
  );
}

const NO_DATA_WORDS = {
  hold: 'what is stays: an alert goes on, and none begins',
  unknown: 'what is stays, and the node reads unknown',
  fire: 'it counts as bad, once the series was seen good',
} as const;

/** What is judged: the limits first, then by which expression. */
function Judged({ definition }: { readonly definition: AlertDefinition }) {
  const warning = thresholdWords(definition, definition.warning, definition.warning_clear);
  const critical = thresholdWords(definition, definition.critical, definition.critical_clear);
  return (
    <Panel title="What is judged">
      <Facts className="p-4">
        <Fact label="Warning">
          <span className="tabular text-16 font-medium">{warning === '' ? '–' : warning}</span>
        </Fact>
        <Fact label="Critical">
          <span className="tabular text-16 font-medium">
            {critical !== ''
              ? critical
              : definition.kind === 'reachability' && definition.expr === null
                ? 'as the settings say'
                : '–'}
          </span>
        </Fact>
        <Fact label="Must last">
          {definition.duration_seconds === 0 ? 'fires at once' : formatDuration(definition.duration_seconds)}
        </Fact>
        <Fact label="Ends after">
          {formatDuration(definition.clear_after_seconds)} of confirmed good data
        </Fact>
        <Fact label="While data is missing">{NO_DATA_WORDS[definition.no_data]}</Fact>
        <Fact label="An alert of its own has">{instanceWords(definition)}</Fact>
        {definition.seen_good && <Fact label="Only">what was once seen good</Fact>}
        {definition.look_back_seconds !== null && (
          <Fact label="A sample counts for">{formatDuration(definition.look_back_seconds)}</Fact>
        )}
        {definition.settle_seconds !== null && (
          <Fact label="A new node or series is not judged for">
            {formatDuration(definition.settle_seconds)}
          </Fact>
        )}
      </Facts>
      <div className="border-t border-line p-4">
        {definition.expr === null ? (
          <p className="text-13 text-soft">
            The server judges this by what it hears itself: by a time of silence, counted only while it could
            have heard.
          </p>
        ) : (
          <>
            <p className="mb-1 text-12 text-faint">Expression</p>
            <CopyBlock text={definition.expr} label="the expression" />
            {definition.refusal !== null && <Refusal refusal={definition.refusal} />}
          </>
        )}
      </div>
    </Panel>
  );
}

/** Why the expression judges nothing, in the store's words. */
function Refusal({ refusal }: { readonly refusal: NonNullable<AlertDefinition['refusal']> }) {
  return (
    <div className="mt-3 flex gap-2 rounded-md border border-critical bg-critical-soft px-3 py-2 text-13 text-text">
      <OctagonAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-critical" />
      <div className="min-w-0">
        <p>
          The metric store has refused this expression since <Moment time={refusal.since} />: nothing is
          judged, no alert begins, and those that are active stay.
        </p>
        <p className="mt-1 font-mono text-12 break-words text-soft">{refusal.reason}</p>
      </div>
    </div>
  );
}

function instanceWords({ instance_labels: labels, expr, kind }: AlertDefinition): string {
  if (expr === null) return kind === 'collection' ? 'each input of a node' : 'each of them';
  if (labels === null) return 'each series of a node';
  return labels.length === 0 ? 'each node' : `each ${labels.join(', ').replaceAll('|', ' or ')} of a node`;
}

/** What it matches now and would have told of the past, as it is saved. */
function Trials({ definition }: { readonly definition: AlertDefinition }) {
  const may = useMay();
  if (definition.expr === null || !may('definition.write')) return null;
  const body = toDefinitionBody(toDefinitionForm(definition), definition.overrides);
  return (
    <Panel title="Try it">
      <div className="p-4">
        <TrialPanel read={() => body} current={JSON.stringify(body)} id={definition.id} />
      </div>
    </Panel>
  );
}

/** Where another one judges instead. */
function Overrides({
  root,
  overrides,
}: {
  readonly root: AlertDefinition;
  readonly overrides: readonly AlertDefinition[];
}) {
  return (
    <Panel title="Replaced in narrower scopes">
      {overrides.length === 0 ? (
        <p className="px-4 py-4 text-soft">
          Nowhere. A copy with other limits, or switched off, can replace it for a site, a group or one node.
        </p>
      ) : (
        <ul>
          {overrides.map((override) => (
            <li
              key={override.id}
              className="relative flex gap-3 border-b border-line px-4 py-2 text-13 last:border-b-0 hover:bg-hover"
            >
              <CornerDownRight size={16} aria-hidden className="mt-0.5 shrink-0 text-faint" />
              <div className="min-w-0">
                <Link
                  to={`/alerts/definitions/${override.id}`}
                  className="row-link block font-medium break-words"
                >
                  {override.name}
                </Link>
                <p className="break-words text-soft">{overrideWords(override, root)}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ActiveNow({ definition }: { readonly definition: AlertDefinition }) {
  const active = useQuery(
    alertsQuery({ state: 'active', definition_id: definition.id, sort: '-severity', limit: ACTIVE_SHOWN }),
  ).data;
  return (
    <Panel
      title="Active now"
      aside={
        active !== undefined && active.total > active.items.length && definition.overrides === null ? (
          <Link to={`/alerts?definition=${definition.slug}`} className="text-accent-text hover:underline">
            All {active.total}
          </Link>
        ) : undefined
      }
    >
      {active === undefined || active.items.length === 0 ? (
        <p className="px-4 py-4 text-soft">{active === undefined ? '…' : 'No alert is active.'}</p>
      ) : (
        <AlertList label="Active alerts" alerts={active.items} withSubject />
      )}
    </Panel>
  );
}

function About({ definition }: { readonly definition: AlertDefinition }) {
  return (
    <Panel title="About">
      <Facts className="p-4">
        <Fact label="Summary of its alerts" wide>
          {definition.summary === null ? (
            'made of its name and the value'
          ) : (
            <span className="font-mono text-12 break-words whitespace-pre-wrap">{definition.summary}</span>
          )}
        </Fact>
        {definition.runbook_url !== null && (
          <Fact label="Runbook" wide>
            <RunbookLink address={definition.runbook_url} />
          </Fact>
        )}
        <Fact label="Key">
          <span className="font-mono text-12 break-all">{definition.slug}</span>
        </Fact>
        <Fact label="Origin">
          {definition.is_shipped
            ? `Came with the product${definition.is_changed ? ', changed' : ''}`
            : 'Your own'}
        </Fact>
        <Fact label="Last changed">
          <Moment time={definition.updated_at} />
        </Fact>
      </Facts>
    </Panel>
  );
}
