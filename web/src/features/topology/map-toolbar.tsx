import type { Site } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { List, Map as MapIcon, Maximize, Minus, Plus, Printer, RotateCcw, Undo2 } from 'lucide-react';
import { type RefObject, useId, useMemo, useState } from 'react';
import { useResetLayout } from '../../api/topology.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { TextInput } from '../../ui/field.tsx';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { StatusIcon } from '../../ui/status.tsx';
import { tellDone } from '../../ui/toast.tsx';
import type { MapAddress } from './map-address.ts';
import type { MapCamera } from './map-camera.ts';
import type { MapModel, MapNode } from './map-model.ts';

interface MapToolbarProps {
  readonly model: MapModel;
  readonly sites: readonly Site[];
  readonly address: MapAddress;
  readonly isList: boolean;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onChange: (next: Partial<MapAddress>) => void;
  readonly onShow: (id: string) => void;
  /** Absent where no picture is shown. */
  readonly camera: MapCamera | undefined;
  readonly onFit: () => void;
  /** Absent where nothing was moved. */
  readonly onUndo: (() => void) | undefined;
  readonly mayWrite: boolean;
}

/** What is above the map: which part of it, what to find on it, and how it is seen. */
export function MapToolbar(props: MapToolbarProps) {
  const { model, sites, address, isList, searchRef, onChange, onShow, camera, onFit, onUndo, mayWrite } =
    props;
  const [isResetting, setResetting] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <MapSearch model={model} inputRef={searchRef} onShow={onShow} />
      <FilterSelect
        label="Site"
        all="All sites"
        value={address.site}
        options={sites.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(site) => onChange({ site, chosen: undefined })}
      />
      <div className="ml-auto flex flex-wrap items-center gap-1">
        {onUndo !== undefined && (
          <Button icon={<Undo2 size={14} aria-hidden />} onClick={onUndo}>
            Undo move
          </Button>
        )}
        {camera !== undefined && (
          <>
            <IconButton label="Smaller" onClick={() => camera.zoom(1 / 1.4)}>
              <Minus size={16} aria-hidden />
            </IconButton>
            <IconButton label="Larger" onClick={() => camera.zoom(1.4)}>
              <Plus size={16} aria-hidden />
            </IconButton>
            <IconButton label="Show all of it" onClick={onFit}>
              <Maximize size={16} aria-hidden />
            </IconButton>
            <IconButton label="Print" className="max-md:hidden" onClick={() => window.print()}>
              <Printer size={16} aria-hidden />
            </IconButton>
            {mayWrite && (
              <IconButton
                label="Lay it out anew"
                className="max-md:hidden"
                onClick={() => setResetting(true)}
              >
                <RotateCcw size={16} aria-hidden />
              </IconButton>
            )}
          </>
        )}
        <ViewSwitch isList={isList} onChange={(view) => onChange({ view })} />
      </div>
      <ResetDialog open={isResetting} siteId={address.site} onClose={() => setResetting(false)} />
    </div>
  );
}

function ViewSwitch({
  isList,
  onChange,
}: {
  readonly isList: boolean;
  readonly onChange: (view: 'map' | 'list') => void;
}) {
  const look = (on: boolean) =>
    classNames(
      'inline-flex h-8 items-center gap-1.5 px-2.5 text-13 font-medium max-md:h-10',
      on ? 'bg-active text-text' : 'text-soft hover:bg-hover hover:text-text',
    );
  return (
    <div
      role="group"
      aria-label="View"
      className="inline-flex overflow-hidden rounded-md border border-line-strong"
    >
      <button type="button" aria-pressed={!isList} className={look(!isList)} onClick={() => onChange('map')}>
        <MapIcon size={14} aria-hidden /> Map
      </button>
      <button type="button" aria-pressed={isList} className={look(isList)} onClick={() => onChange('list')}>
        <List size={14} aria-hidden /> List
      </button>
    </div>
  );
}

function ResetDialog({
  open,
  siteId,
  onClose,
}: {
  readonly open: boolean;
  readonly siteId: string | undefined;
  readonly onClose: () => void;
}) {
  const reset = useResetLayout();
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title="Lay the map out anew?"
      confirmLabel="Lay it out"
      onConfirm={async () => {
        await reset.mutateAsync(siteId);
        tellDone('The map is laid out anew');
      }}
    >
      What people have put somewhere by hand {siteId === undefined ? 'at all sites' : 'at this site'} is
      forgotten, and everything gets the place that its links give it.
    </ConfirmDialog>
  );
}

const FOUND_MAX = 8;

/** The first few whose names hold the text. */
export function findOnMap(nodes: readonly MapNode[], text: string): readonly MapNode[] {
  const wanted = foldText(text.trim());
  if (wanted === '') return [];
  const found: MapNode[] = [];
  for (const node of nodes) {
    if (foldText(node.name.slice(0, 512)).includes(wanted)) found.push(node);
    if (found.length === FOUND_MAX) break;
  }
  return found;
}

interface MapSearchProps {
  readonly model: MapModel;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onShow: (id: string) => void;
}

/** Finds what stands on the map by its name; arrows move, Enter shows it. */
function MapSearch({ model, inputRef, onShow }: MapSearchProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const found = useMemo(() => findOnMap(model.nodes, text), [model.nodes, text]);
  const isOpen = text.trim() !== '';
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    setText('');
    onShow(id);
  };
  return (
    <div className="relative max-sm:w-full">
      <TextInput
        ref={inputRef}
        role="combobox"
        aria-label="Find on the map"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        placeholder="Find on the map ( / )"
        className="sm:w-60"
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
          else if (event.key === 'Enter') go(found[at]?.id);
          else if (event.key === 'Escape') setText('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div
        id={list}
        role="listbox"
        aria-label="Found on the map"
        className={classNames(
          'absolute top-full left-0 z-30 mt-1 w-full min-w-60 rounded-md border border-line-strong bg-raised p-1 shadow-(--shadow)',
          !isOpen && 'hidden',
        )}
      >
        {found.map((node, index) => (
          // The field keeps the focus and names the option that is on: no key handler belongs here.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={node.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            className={classNames(
              'flex min-h-8 items-center gap-2 rounded-sm px-2 text-13 max-md:min-h-10',
              index === at && 'bg-active',
            )}
            onMouseMove={() => setAt(index)}
            onClick={() => go(node.id)}
          >
            {node.status !== null && <StatusIcon status={node.status} size={14} />}
            <DeviceText text={node.name} max={48} className="min-w-0 truncate" />
          </div>
        ))}
        {isOpen && found.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled className="px-2 py-1.5 text-13 text-faint">
            Nothing on this map has this name.
          </div>
        )}
      </div>
    </div>
  );
}
