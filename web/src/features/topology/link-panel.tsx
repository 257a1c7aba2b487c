import type { LinkMember, LinkWitness, TopologyGhost, TopologyLink } from '@stratora/contract';
import { useMay } from '../../api/permission.ts';
import { useApproveWiring } from '../../api/topology.ts';
import {
  endName,
  ghostState,
  linkState,
  oneSided,
  sourceName,
  sourceWords,
  speedWords,
  tableName,
} from '../../domain/link-words.ts';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { formatBitsPerSecond } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { ImpactPart } from './impact-part.tsx';
import { useTraffic } from './link-traffic.ts';
import type { MapAddress } from './map-address.ts';
import { endKey, type MapLine, type MapModel } from './map-model.ts';
import { PanelPart, ReasonList } from './panel-part.tsx';

interface LinkPanelProps {
  readonly model: MapModel;
  readonly line: MapLine;
  readonly link: TopologyLink;
  readonly address: MapAddress;
  readonly onChange: (next: Partial<MapAddress>) => void;
  readonly onShow: (id: string) => void;
}

/** A link of the map: who says that it is there, what flows on it, and what goes dark without it. */
export function LinkPanel({ line, link, address, onChange, onShow }: LinkPanelProps) {
  const { label, tone } = linkState(link.state);
  const odd = oneSided(link);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <ToneBadge tone={tone}>{label}</ToneBadge>
        {odd !== undefined && <ToneBadge tone="warn">{odd}</ToneBadge>}
        {link.approval === 'approved' && <ToneBadge tone="neutral">Approved</ToneBadge>}
        {link.approval === 'new' && <ToneBadge tone="info">Not approved</ToneBadge>}
      </div>
      <EndButtons ends={link} onShow={onShow} />
      <LinkFacts line={line} link={link} />
      <PanelPart title="Who says so">
        <WitnessList link={link} />
        {link.reasons.length > 0 && (
          <ReasonList reasons={link.reasons.map((one) => deviceLine(one, 240))} empty="" />
        )}
      </PanelPart>
      {link.members.length > 0 && (
        <PanelPart title="Cables in it">
          <MemberList members={link.members} />
        </PanelPart>
      )}
      {link.approval === 'new' && <ApproveOne id={link.id} label="Approve this link" />}
      <ImpactPart
        subject={{ link_id: link.id }}
        name={`${endName(link.a)} – ${endName(link.b)}`}
        address={address}
        onChange={onChange}
      />
    </>
  );
}

function EndButtons({
  ends,
  onShow,
}: {
  readonly ends: Pick<TopologyLink, 'a' | 'b'>;
  readonly onShow: (id: string) => void;
}) {
  return (
    <ul aria-label="Ends" className="flex flex-col gap-1 px-4 pb-3 text-13">
      {(['a', 'b'] as const).map((side) => {
        const end = ends[side];
        const id = endKey(end);
        return (
          <li key={side} className="flex min-w-0 items-center gap-2">
            {id === undefined ? (
              <span className="truncate">{endName(end)}</span>
            ) : (
              <button
                type="button"
                className="text-link min-w-0 truncate text-left max-md:min-h-10"
                onClick={() => onShow(id)}
              >
                <bdi>{endName(end)}</bdi>
              </button>
            )}
            <span className="ml-auto shrink-0 font-mono text-12 text-soft">
              <DeviceText text={end.interface ?? 'port not known'} max={32} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function LinkFacts({ line, link }: { readonly line: MapLine; readonly link: TopologyLink }) {
  const traffic = useTraffic([line]).get(line.id);
  const rate = (value: number | undefined) => (value === undefined ? '–' : formatBitsPerSecond(value));
  return (
    <Facts className="border-t border-line px-4 py-3">
      <Fact label={`From ${endName(link.a).slice(0, 24)}`}>
        <span className="tabular">{rate(traffic?.fromA)}</span>
      </Fact>
      <Fact label={`From ${endName(link.b).slice(0, 24)}`}>
        <span className="tabular">{rate(traffic?.fromB)}</span>
      </Fact>
      <Fact label="Speed">{speedWords(link) || 'not known'}</Fact>
      <Fact label="Known from">{sourceWords(link.sources)}</Fact>
      <Fact label="Confidence">{link.confidence === null ? '–' : `${link.confidence} %`}</Fact>
      <Fact label="Last seen">
        <Ago time={link.last_seen_at} />
      </Fact>
      {link.first_seen_at !== null && (
        <Fact label="First seen" wide>
          <Moment time={link.first_seen_at} />
        </Fact>
      )}
    </Facts>
  );
}

/** The rows that say that a link is there: which table of which end, and when it was read. */
function WitnessList({ link }: { readonly link: TopologyLink }) {
  if (link.witnesses.length === 0) {
    return <p className="px-4 pb-3 text-13 text-soft">Somebody drew it; no device says so.</p>;
  }
  return (
    <ul aria-label="Witnesses" className="flex flex-col gap-2 px-4 pb-3 text-13">
      {link.witnesses.map((witness) => (
        <li
          key={`${witness.end} ${witness.source} ${witness.table} ${witness.detail}`}
          className="flex min-w-0 flex-col"
        >
          <div className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{witnessName(witness, link)}</span>
            <span className="ml-auto text-12 text-faint">
              {witness.seen_at !== null && <Ago time={witness.seen_at} />}
            </span>
          </div>
          <bdi className="text-12 text-soft break-words">{deviceLine(witness.detail, 240)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function witnessName({ end, table, source }: LinkWitness, link: TopologyLink): string {
  const what = table === null ? sourceName(source) : tableName(table);
  return end === null ? what : `${what} of ${endName(link[end])}`;
}

function MemberList({ members }: { readonly members: readonly LinkMember[] }) {
  return (
    <ul aria-label="Cables" className="flex flex-col gap-1 px-4 pb-3 text-13">
      {members.map((member) => {
        const { label, tone } = linkState(member.state);
        return (
          <li key={`${member.a_interface} ${member.b_interface}`} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate font-mono text-12">
              <DeviceText text={member.a_interface ?? '?'} max={24} /> –{' '}
              <DeviceText text={member.b_interface ?? '?'} max={24} />
            </span>
            <span className="tabular text-12 text-soft">
              {member.speed_bps === null ? '' : formatBitsPerSecond(member.speed_bps)}
            </span>
            <ToneBadge tone={tone}>{label}</ToneBadge>
          </li>
        );
      })}
    </ul>
  );
}

/** Says of one link, or ghost, that it is right as it is. */
function ApproveOne({ id, label }: { readonly id: string; readonly label: string }) {
  const may = useMay();
  const approve = useApproveWiring();
  if (!may('map.write')) return null;
  return (
    <div className="border-t border-line px-4 py-3">
      <Button
        disabled={approve.isPending}
        onClick={() =>
          approve.mutate(
            { ids: [id] },
            {
              onSuccess: () => tellDone('Approved'),
              onError: (error) => tellFailure('It could not be approved', error),
            },
          )
        }
      >
        {label}
      </Button>
    </div>
  );
}

interface GhostPanelProps extends Omit<LinkPanelProps, 'line' | 'link'> {
  readonly ghost: TopologyGhost;
}

/** An approved link that is not there any more: since when, and where its port leads now. */
export function GhostPanel({ ghost, model, onShow }: GhostPanelProps) {
  const { label, tone } = ghostState(ghost.kind);
  const movedTo = ghost.moved_to !== null && model.lineById.has(ghost.moved_to) ? ghost.moved_to : undefined;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3 text-13">
        <ToneBadge tone={tone}>{label}</ToneBadge>
        <span className="text-soft">
          since <Moment time={ghost.since} />
        </span>
      </div>
      <EndButtons ends={ghost} onShow={onShow} />
      <p className="px-4 pb-3 text-13 text-soft">
        <bdi className="break-words">{deviceLine(ghost.detail, 240)}</bdi>
      </p>
      {movedTo !== undefined && (
        <div className="px-4 pb-3">
          <Button onClick={() => onShow(movedTo)}>Show where it leads now</Button>
        </div>
      )}
      <ApproveOne id={ghost.id} label="It is right that it is gone" />
    </>
  );
}
