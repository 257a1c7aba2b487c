import type { WhereAnswer, WhereItem, WhereMove, WhereQuery } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { MapPinned, SearchX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { whereQuery } from '../../api/topology.ts';
import { readAddress } from '../../domain/address-text.ts';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { ConflictsPanel } from './conflicts-panel.tsx';
import { PanelPart, ReasonList } from './panel-part.tsx';
import { behindWords, placeWords } from './where-words.ts';

/** Finds the port behind which an address is, and where it was before. */
export function WhereTab() {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('q') ?? '';
  const query = readAddress(asked);
  return (
    <div className="flex flex-col gap-4">
      <AddressForm
        key={asked}
        asked={asked}
        isBad={asked !== '' && query === undefined}
        onAsk={(text) => {
          const next = new URLSearchParams(parameters);
          if (text === '') next.delete('q');
          else next.set('q', text);
          setParameters(next);
        }}
      />
      {query !== undefined && <WhereFound query={query} />}
      <ConflictsPanel />
    </div>
  );
}

interface AddressFormProps {
  readonly asked: string;
  readonly isBad: boolean;
  readonly onAsk: (text: string) => void;
}

function AddressForm({ asked, isBad, onAsk }: AddressFormProps) {
  const [text, setText] = useState(asked);
  return (
    <form
      role="search"
      className="flex max-w-lg items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(text.trim());
      }}
    >
      <div className="min-w-0 flex-1">
        <Field
          label="MAC or IP address"
          help="00:1b:21:aa:bb:0c, 001b.21aa.bb0c, 192.168.1.10, 2001:db8::1"
          error={isBad ? 'This is neither a MAC address nor an IP address.' : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              className="font-mono"
              value={text}
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="pt-6.5">
        <Button type="submit" look="primary">
          Find it
        </Button>
      </div>
    </form>
  );
}

function WhereFound({ query }: { readonly query: WhereQuery }) {
  const where = useQuery({ ...whereQuery(query), placeholderData: keepPreviousData });
  if (where.data === undefined) {
    return where.isError ? (
      <ErrorState
        title="The address could not be looked for"
        error={where.error}
        onRetry={() => void where.refetch()}
      />
    ) : (
      <SkeletonRows count={3} />
    );
  }
  return <Found answer={where.data} address={query.mac ?? query.ip ?? ''} isOld={where.isPlaceholderData} />;
}

interface FoundProps {
  readonly answer: WhereAnswer;
  readonly address: string;
  readonly isOld: boolean;
}

function Found({ answer, address, isOld }: FoundProps) {
  const { items, moves, notices } = answer;
  return (
    <Panel
      title={
        <span aria-busy={isOld}>
          Where <span className="font-mono">{deviceLine(address, 48)}</span> is
        </span>
      }
    >
      {items.length === 0 ? (
        <EmptyState icon={SearchX} title="No switch has it">
          No forwarding table that was read holds this address now.
        </EmptyState>
      ) : (
        <ul aria-label="Places">
          {items.map((item) => (
            <Place key={`${item.node_id} ${item.interface} ${item.vlan} ${item.mac_address}`} item={item} />
          ))}
        </ul>
      )}
      {notices.length > 0 && (
        <PanelPart title="What is odd about it">
          <ReasonList reasons={notices.map((notice) => deviceLine(notice, 240))} empty="" />
        </PanelPart>
      )}
      {moves.length > 0 && (
        <PanelPart title="Where it was before">
          <ul aria-label="Moves" className="px-4 pb-3 text-13">
            {moves.map((move) => (
              <Move key={`${move.moved_at} ${move.from.node_id} ${move.from.interface}`} move={move} />
            ))}
          </ul>
        </PanelPart>
      )}
    </Panel>
  );
}

function Place({ item }: { readonly item: WhereItem }) {
  const words = behindWords(item);
  return (
    <li className="flex flex-col gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <p className="flex flex-wrap items-center gap-x-2 text-16 font-semibold">
        <MapPinned size={18} aria-hidden className="text-accent-text" />
        <Link to={`/nodes/${item.node_id}?tab=interfaces`} className="min-w-0 break-words hover:underline">
          <DeviceText text={item.node_name} max={80} />
        </Link>
        <DeviceText text={item.interface ?? 'port not known'} max={48} className="font-mono" />
      </p>
      {words !== undefined && (
        <p className="flex items-start gap-2 text-13 text-soft">
          {!item.is_edge && <TriangleAlert size={14} aria-hidden className="mt-0.75 shrink-0 text-warning" />}
          <bdi className="break-words">{words}</bdi>
        </p>
      )}
      <Facts>
        <Fact label="VLAN">{item.vlan ?? '–'}</Fact>
        <Fact label="MAC address">
          <span className="font-mono text-12">{deviceLine(item.mac_address, 24)}</span>
        </Fact>
        <Fact label="IP addresses">
          <span className="font-mono text-12 break-all">
            {item.ip_addresses.length === 0 ? '–' : deviceLine(item.ip_addresses.join(', '), 400)}
          </span>
        </Fact>
        <Fact label="It belongs to">
          {item.owner_node_id === null ? (
            '–'
          ) : (
            <Link to={`/nodes/${item.owner_node_id}`} className="text-link">
              <DeviceText text={item.owner_name ?? 'a node'} max={80} />
            </Link>
          )}
        </Fact>
        <Fact label="First seen">
          <Moment time={item.first_seen_at} />
        </Fact>
        <Fact label="Last seen">
          <Ago time={item.last_seen_at} />
        </Fact>
      </Facts>
    </li>
  );
}

function Move({ move }: { readonly move: WhereMove }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 py-1">
      <bdi className="min-w-0 break-words">{placeWords(move.from)}</bdi>
      <span className="text-faint">{move.to === null ? 'and nowhere since' : 'then'}</span>
      {move.to !== null && <bdi className="min-w-0 break-words">{placeWords(move.to)}</bdi>}
      <span className="ml-auto text-12 text-faint">
        <Moment time={move.moved_at} />
      </span>
    </li>
  );
}
