import { Cable, Ghost } from 'lucide-react';
import {
  endName,
  ghostState,
  linkState,
  oneSided,
  sourceWords,
  speedWords,
} from '../../domain/link-words.ts';
import { DeviceText } from '../../ui/device-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { endKey, type MapLine } from './map-model.ts';

interface NeighbourListProps {
  /** Whose lines these are. */
  readonly id: string;
  readonly lines: readonly MapLine[];
  /** Shows the other end, or the line itself. */
  readonly onShow: (id: string) => void;
}

/** The neighbours of one on the map, with both ports and what is known of the line. */
export function NeighbourList({ id, lines, onShow }: NeighbourListProps) {
  return (
    <ul aria-label="Neighbours" className="flex flex-col">
      {lines.map((line) => (
        <li
          key={line.id}
          className="flex flex-col gap-1 border-b border-line px-4 py-2 text-13 last:border-b-0"
        >
          <NeighbourLine id={id} line={line} onShow={onShow} />
        </li>
      ))}
    </ul>
  );
}

function NeighbourLine({
  id,
  line,
  onShow,
}: { readonly line: MapLine } & Pick<NeighbourListProps, 'id' | 'onShow'>) {
  const ends = line.link ?? line.ghost;
  if (ends === undefined) return null;
  const [own, other] = endKey(ends.a) === id ? [ends.a, ends.b] : [ends.b, ends.a];
  const otherId = endKey(other);
  const { label, tone } =
    line.ghost === undefined ? linkState(line.link?.state ?? null) : ghostState(line.ghost.kind);
  const odd = line.link === undefined ? undefined : oneSided(line.link);
  const facts =
    line.link === undefined
      ? 'approved, and not there any more'
      : [speedWords(line.link), sourceWords(line.link.sources), odd].filter((part) => part).join(', ');
  const Icon = line.ghost === undefined ? Cable : Ghost;
  return (
    <>
      <div className="flex min-w-0 items-center gap-2">
        <Icon size={14} aria-hidden className="shrink-0 text-faint" />
        {otherId === undefined ? (
          <bdi className="min-w-0 flex-1 truncate">{endName(other)}</bdi>
        ) : (
          <button
            type="button"
            className="min-w-0 flex-1 truncate text-left font-medium hover:underline max-md:min-h-10"
            onClick={() => onShow(otherId)}
          >
            <bdi>{endName(other)}</bdi>
          </button>
        )}
        <ToneBadge tone={tone}>{label}</ToneBadge>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 pl-5.5 text-12 text-soft">
        <span className="font-mono">
          <DeviceText text={own.interface ?? '?'} max={32} /> –{' '}
          <DeviceText text={other.interface ?? '?'} max={32} />
        </span>
        <button
          type="button"
          className="text-link max-md:min-h-10"
          aria-label={`Witnesses of the link to ${endName(other)}`}
          onClick={() => onShow(line.id)}
        >
          why
        </button>
      </div>
      {facts !== '' && <div className="pl-5.5 text-12 text-faint break-words">{facts}</div>}
    </>
  );
}
