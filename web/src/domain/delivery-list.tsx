import type { Delivery } from '@stratora/contract';
import { Link } from 'react-router';
import { classNames } from '../ui/class-names.ts';
import { useNow } from '../ui/state/clock.ts';
import { Ago, Moment } from '../ui/time-text.tsx';
import { TONE_LOOKS } from '../ui/tone.tsx';
import { deliveryWords, occasionWords, subjectText } from './delivery-words.ts';

interface DeliveryListProps {
  readonly deliveries: readonly Delivery[];
  readonly label: string;
  /** What the page is about, and each line need not name. */
  readonly about: 'alert' | 'channel';
}

/** When it was accepted, or else when it arose. */
function shownAt({ sent_at: sent, created_at: created }: Delivery): string {
  return sent ?? created;
}

/** Who was to be told, when, by which channel, and what came of it; the newest first by the times that are shown. */
export function DeliveryList({ deliveries, label, about }: DeliveryListProps) {
  const newest = deliveries.toSorted((a, b) => Date.parse(shownAt(b)) - Date.parse(shownAt(a)));
  return (
    <ol aria-label={label}>
      {newest.map((delivery) => (
        <DeliveryLine key={delivery.id} delivery={delivery} about={about} />
      ))}
    </ol>
  );
}

function DeliveryLine({
  delivery,
  about,
}: { readonly delivery: Delivery } & Pick<DeliveryListProps, 'about'>) {
  const { tone, text, why } = deliveryWords(delivery, useNow());
  const { icon: Icon, text: color } = TONE_LOOKS[tone];
  const at = shownAt(delivery);
  return (
    <li className="flex gap-3 border-b border-line px-4 py-2.5 text-13 last:border-b-0">
      <Icon size={16} strokeWidth={2.25} aria-hidden className={classNames('mt-0.5 shrink-0', color)} />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <span className="font-medium">{delivery.recipient === '' ? 'Nobody' : delivery.recipient}</span>
          {about === 'alert' && <ByChannel delivery={delivery} />}
          {about === 'channel' && <AboutAlert delivery={delivery} />}
        </p>
        <p className="break-words text-soft">
          {occasionWords(delivery)}. <span className={tone === 'good' ? '' : color}>{text}</span>
          {why !== undefined && `: ${why}`}
        </p>
        <p className="text-12 text-faint">
          <Moment time={at} />, <Ago time={at} />
        </p>
      </div>
    </li>
  );
}

function ByChannel({ delivery: { channel_id: id, channel_name: name } }: { readonly delivery: Delivery }) {
  if (id === null) return name === '' ? null : <span className="text-faint"> · {name}</span>;
  return (
    <>
      {' '}
      <span className="text-faint">by</span>{' '}
      <Link to={`/settings/channels/${id}`} className="text-link">
        {name}
      </Link>
    </>
  );
}

function AboutAlert({ delivery }: { readonly delivery: Delivery }) {
  const { alert_id: id } = delivery;
  if (id === null) return null;
  return (
    <>
      {' '}
      <span className="text-faint">of</span>{' '}
      <Link to={`/alerts/${id}`} className="text-link">
        {subjectText(delivery)}
      </Link>
    </>
  );
}
