import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { formatCount } from '../../../ui/format/units.ts';
import { SearchBox } from '../../../ui/table/table-tools.tsx';
import { type Finding, findInLines, type Piece, piecesOf, type TokenKind, tokensOf } from './text-search.ts';

const LINE_PX = 20;
const OVERSCAN_LINES = 30;
const NONE: readonly Finding[] = [];

const TOKEN_LOOKS: Readonly<Record<TokenKind, string>> = {
  plain: 'text-soft',
  section: 'font-semibold text-accent-text',
  comment: 'text-faint',
  key: 'text-text',
  mask: 'rounded-sm bg-active text-faint',
};

interface TextViewerProps {
  readonly label: string;
  readonly text: string;
  readonly head: ReactNode;
  readonly tools: ReactNode;
}

/** A long text with line numbers and a search inside; only the lines that are seen are drawn. */
export function TextViewer({ label, text, head, tools }: TextViewerProps) {
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text]);
  const [search, setSearch] = useState('');
  // Nobody stands anywhere until the first step.
  const [chosen, setChosen] = useState<number>();
  const late = useDeferredValue(search);
  const findings = useMemo(() => findInLines(lines, late), [lines, late]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: OVERSCAN_LINES,
    scrollPaddingStart: 3 * LINE_PX,
    scrollPaddingEnd: 3 * LINE_PX,
  });
  const at = findings.length === 0 ? 0 : Math.min(chosen ?? 0, findings.length - 1);
  const go = (to: number) => {
    // Whoever types and presses Enter at once is ahead of what was found so far.
    const found = search === late ? findings : findInLines(lines, search);
    if (found.length === 0) return;
    const next = (to + found.length) % found.length;
    setChosen(next);
    virtualizer.scrollToIndex(found[next]?.line ?? 0, { align: 'center' });
  };
  const step = (by: 1 | -1) => go(chosen === undefined || search !== late ? 0 : at + by);
  const byLine = useMemo(() => Map.groupBy(findings, ({ line }) => line), [findings]);
  const digits = String(lines.length).length;
  return (
    <section aria-label={label} className="min-w-0 rounded-md border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <div className="min-w-0 flex-1 basis-64">{head}</div>
        <search
          className={classNames('flex items-center gap-1 max-sm:w-full', late !== '' && 'max-sm:flex-wrap')}
        >
          <SearchBox
            label="Search inside"
            value={search}
            onChange={(value) => {
              setSearch(value);
              setChosen(undefined);
            }}
            onEnter={(back) => step(back ? -1 : 1)}
          />
          <span
            role="status"
            className="tabular text-center text-12 whitespace-nowrap text-faint sm:min-w-14"
          >
            {late !== '' && (findings.length === 0 ? 'none' : `${at + 1} / ${formatCount(findings.length)}`)}
          </span>
          {late !== '' && (
            <>
              <IconButton label="Previous place" disabled={findings.length === 0} onClick={() => step(-1)}>
                <ChevronUp size={16} aria-hidden />
              </IconButton>
              <IconButton label="Next place" disabled={findings.length === 0} onClick={() => step(1)}>
                <ChevronDown size={16} aria-hidden />
              </IconButton>
            </>
          )}
          {tools}
        </search>
      </div>
      {/* A scrolling part has to be reachable by the keyboard. */}
      <div
        ref={scroller}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keys
        tabIndex={0}
        role="region"
        aria-label="Text"
        className="max-h-[70dvh] min-h-24 overflow-auto py-2 font-mono text-12 focus-visible:-outline-offset-2"
      >
        <div className="relative min-w-max" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => (
            <div
              key={item.key}
              className="absolute top-0 left-0 flex h-5 min-w-full leading-5 whitespace-pre"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <span
                aria-hidden
                className="tabular sticky left-0 shrink-0 border-r border-line bg-surface pr-2 pl-3 text-right text-faint select-none"
                style={{ minWidth: `calc(${digits}ch + 21px)` }}
              >
                {item.index + 1}
              </span>
              <Line
                text={lines[item.index] ?? ''}
                findings={byLine.get(item.index) ?? NONE}
                current={findings[at]}
              />
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

function Line({
  text,
  findings,
  current,
}: {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly current: Finding | undefined;
}) {
  return (
    <code className="px-3 font-mono">
      {piecesOf(tokensOf(text), findings, current).map((piece) => (
        <PieceText key={piece.at} piece={piece} />
      ))}
    </code>
  );
}

function PieceText({ piece }: { readonly piece: Piece }) {
  const look = TOKEN_LOOKS[piece.kind];
  if (piece.found === false) return <span className={look}>{piece.text}</span>;
  return (
    <mark
      className={classNames(
        'rounded-sm',
        piece.found === 'current'
          ? 'bg-accent text-on-accent'
          : 'bg-warning-soft text-text outline-1 outline-warning',
      )}
    >
      {piece.text}
    </mark>
  );
}
