import type { ProposalTable, TemplateProposal, WalkObject, WalkUse } from '@stratora/contract';
import { ChevronRight } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { type Tone, ToneBadge } from '../../ui/tone.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { intervalWords, partWords, tablesInOrder, USE_WORDS } from './template-words.ts';

interface ProposalViewProps {
  readonly proposal: TemplateProposal;
  /** Name of the file of the recording. */
  readonly file: string;
}

/** What a recorded device is, which template fits, and the file that is proposed. */
export function ProposalView({ proposal, file }: ProposalViewProps) {
  const may = useMay();
  const navigate = useNavigate();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
        <Polled proposal={proposal} />
        <Tables tables={proposal.tables} />
        <Scalars scalars={proposal.scalars} />
        <Panel title={`The template: ${proposal.slug}.toml`}>
          <div className="flex flex-col gap-3 p-4">
            {proposal.notes.map((note) => (
              <p key={note} className="text-13 text-soft">
                {note}
              </p>
            ))}
            {may('template.manage') ? (
              <TemplateEditor
                key={proposal.text}
                initial={proposal.text}
                onSaved={(slug) => void navigate(`/settings/templates/${slug}`)}
              />
            ) : (
              <CopyBlock text={proposal.text} label="the template" />
            )}
          </div>
        </Panel>
      </div>
      <Device proposal={proposal} file={file} />
    </div>
  );
}

function Device({ proposal, file }: ProposalViewProps) {
  const { identity, reasons } = proposal;
  return (
    <Panel title="The device">
      <Facts className="p-4">
        <Fact label="Vendor">{identity.vendor ?? 'not known'}</Fact>
        <Fact label="Model">{identity.model ?? 'not known'}</Fact>
        <Fact label="Type">{identity.device_type}</Fact>
        <Fact label="Sure by">{identity.confidence} %</Fact>
        <Fact label="Because" wide>
          <ReasonList reasons={identity.reasons} />
        </Fact>
        <Fact label="The template extends" wide>
          <span className="flex flex-wrap gap-x-2">
            {proposal.extends.map((slug) => (
              <Link key={slug} to={`/settings/templates/${slug}`} className="text-link">
                {slug}
              </Link>
            ))}
          </span>
          <ReasonList reasons={reasons} />
        </Fact>
        <Fact label="Recording" wide>
          {file}, {plural(proposal.objects, 'object')}
          {proposal.skipped_lines > 0 && `, ${plural(proposal.skipped_lines, 'line')} not understood`}
        </Fact>
      </Facts>
    </Panel>
  );
}

function ReasonList({ reasons }: { readonly reasons: readonly string[] }) {
  return (
    <ul className="list-disc pl-4 text-soft">
      {reasons.map((reason) => (
        <li key={reason} className="break-words">
          {reason}
        </li>
      ))}
    </ul>
  );
}

function Polled({ proposal: { polled } }: { readonly proposal: TemplateProposal }) {
  const answered = polled.filter((part) => part.answered > 0);
  return (
    <Panel
      title="What the templates that are there would poll"
      aside={`${answered.length} of ${polled.length} answered`}
    >
      <ul className="divide-y divide-line">
        {answered.map((part) => (
          <li key={`${part.input} ${part.measurement}`} className="flex flex-wrap gap-x-3 px-4 py-2 text-13">
            <span className="font-mono text-12 leading-5">{part.measurement}</span>
            <span className="text-soft">
              {partWords(part)}, {intervalWords(part.interval_seconds)}
            </span>
          </li>
        ))}
        {answered.length === 0 && <li className="px-4 py-3 text-soft">Nothing of it is in the recording.</li>}
      </ul>
    </Panel>
  );
}

const USE_TONES: Readonly<Record<WalkUse, Tone>> = { proposed: 'info', polled: 'good', left_out: 'neutral' };

function Tables({ tables }: { readonly tables: readonly ProposalTable[] }) {
  return (
    <Panel title="Tables of the device" aside={formatCount(tables.length)}>
      <ul className="divide-y divide-line">
        {tablesInOrder(tables).map((table) => (
          <li key={table.oid} className="px-4 py-2">
            <details className="group">
              <summary className="flex cursor-pointer list-none items-start gap-2">
                <ChevronRight
                  size={14}
                  aria-hidden
                  className="mt-1 shrink-0 text-faint group-open:rotate-90"
                />
                <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-13">
                  <ToneBadge tone={USE_TONES[table.use]}>{USE_WORDS[table.use]}</ToneBadge>
                  <span className="font-mono text-12 break-all">{table.name ?? table.oid}</span>
                  <span className="text-soft">{plural(table.rows, 'row')}</span>
                  {table.why !== '' && <span className="text-faint">{table.why}</span>}
                </span>
              </summary>
              <ObjectList objects={table.columns} from={table.oid} />
            </details>
          </li>
        ))}
        {tables.length === 0 && <li className="py-1 text-soft">The recording has none.</li>}
      </ul>
    </Panel>
  );
}

function Scalars({ scalars }: { readonly scalars: readonly WalkObject[] }) {
  return (
    <Panel title="Single objects" aside={formatCount(scalars.length)}>
      <details className="px-4 py-3">
        <summary className="cursor-pointer text-13 text-soft">
          {plural(scalars.filter(({ use }) => use === 'proposed').length, 'object')} proposed,{' '}
          {formatCount(scalars.filter(({ use }) => use === 'polled').length)} polled by templates that are
          there
        </summary>
        <ObjectList objects={scalars} from="" />
      </details>
    </Panel>
  );
}

interface ObjectListProps {
  readonly objects: readonly WalkObject[];
  /** What all OIDs start with, and which is not shown. */
  readonly from: string;
}

function ObjectList({ objects, from }: ObjectListProps) {
  return (
    <ul className="flex flex-col gap-1 py-2 text-13">
      {objects.map(({ oid, name, kind, why, use }) => (
        <li key={oid} className="flex flex-wrap gap-x-3">
          <span className="font-mono text-12 leading-5 break-all">
            {oid.slice(from.length)} {name}
          </span>
          <span>{kind}</span>
          <span className="min-w-0 break-words text-faint">{why}</span>
          {use !== 'left_out' && <span className="text-soft">{USE_WORDS[use].toLowerCase()}</span>}
        </li>
      ))}
    </ul>
  );
}
