import type { Delivery } from '@stratora/contract';
import { deliveryWords, occasionWords, subjectText } from '../../domain/delivery-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/state/clock.ts';
import type { Column } from '../../ui/table/column.ts';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { TONE_LOOKS } from '../../ui/tone.tsx';

/** What came of a delivery, with why. */
export function OutcomeCell({ delivery }: { readonly delivery: Delivery }) {
  const { tone, text, why } = deliveryWords(delivery, useNow());
  const { icon: Icon, text: color } = TONE_LOOKS[tone];
  return (
    <span className="flex min-w-0 items-center gap-2" title={why === undefined ? text : `${text}: ${why}`}>
      <Icon size={14} strokeWidth={2.25} aria-hidden className={classNames('shrink-0', color)} />
      <span className="truncate">
        {text}
        {why !== undefined && <span className="text-soft">: {why}</span>}
      </span>
    </span>
  );
}

export const DELIVERY_COLUMNS: readonly Column<Delivery>[] = [
  {
    id: 'about',
    header: 'About',
    width: 230,
    cell: (delivery) => <span title={subjectText(delivery)}>{subjectText(delivery)}</span>,
  },
  {
    id: 'occasion',
    header: 'Why',
    width: 190,
    cell: (delivery) => <span title={occasionWords(delivery)}>{occasionWords(delivery)}</span>,
  },
  {
    id: 'recipient',
    header: 'Recipient',
    width: 170,
    cell: ({ recipient }) => <span title={recipient}>{recipient === '' ? 'Nobody' : recipient}</span>,
  },
  { id: 'channel', header: 'Channel', width: 130, cell: ({ channel_name: name }) => name },
  {
    id: 'outcome',
    header: 'What came of it',
    width: 240,
    grows: true,
    cell: (delivery) => <OutcomeCell delivery={delivery} />,
  },
  {
    id: 'created_at',
    header: 'When',
    width: 104,
    align: 'right',
    cell: ({ created_at: at }) => <Ago time={at} />,
  },
  {
    id: 'moment',
    header: 'Moment',
    width: 180,
    hidden: true,
    cell: ({ created_at: at }) => <Moment time={at} />,
  },
  {
    id: 'accepted',
    header: 'Accepted',
    width: 180,
    hidden: true,
    cell: ({ sent_at: at }) => at !== null && <Moment time={at} />,
  },
  {
    id: 'key',
    header: 'Idempotency key',
    width: 260,
    hidden: true,
    cell: ({ idempotency_key: key }) => <span className="font-mono text-12">{key}</span>,
  },
];
