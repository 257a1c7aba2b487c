import { useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import {
  type KeyboardEvent,
  lazy,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { sitesQuery } from '../../api/resources.ts';
import { impactQuery, mapQuery } from '../../api/topology.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { useIsNarrow } from '../../ui/state/media.ts';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../../ui/view-state.tsx';
import { ChosenPanel } from './chosen-panel.tsx';
import { useLayoutEdits } from './layout-edits.ts';
import { LinkList } from './link-list.tsx';
import { type MapAddress, readMapAddress, writeMapAddress } from './map-address.ts';
import type { MapCamera } from './map-camera.ts';
import { emphasisOf } from './map-elements.ts';
import { ARROWS, keyStep, nextInDirection } from './map-keys.ts';
import { boxAround } from './map-level.ts';
import { type MapModel, toMapModel } from './map-model.ts';
import { type Place, placesOf } from './map-places.ts';
import { MapToolbar } from './map-toolbar.tsx';
import { zonesOf } from './map-zones.ts';

// The library that draws is fetched by those who look at the picture.
const MapView = lazy(async () => ({ default: (await import('./map-view.tsx')).MapView }));

/** Pixels of a move by keys: the way for those who cannot drag. */
const KEY_STEP = 20;
const NO_DARK: readonly string[] = [];

/** The map of all sites or of one, with its list of links beside it. */
export function MapTab() {
  const [parameters, setParameters] = useSearchParams();
  const address = useMemo(() => readMapAddress(parameters), [parameters]);
  const change = useCallback(
    (next: Partial<MapAddress>) =>
      setParameters((before) => writeMapAddress(before, next), { replace: true }),
    [setParameters],
  );
  const topology = useQuery({ ...mapQuery(address.site), refetchInterval: useListInterval(30_000) });
  const retry = () => void topology.refetch();
  const model = useMemo(() => topology.data && toMapModel(topology.data), [topology.data]);
  if (model === undefined) {
    return topology.isError ? (
      <ErrorState title="The topology could not be loaded" error={topology.error} onRetry={retry} />
    ) : (
      <div role="status" aria-label="Loading" className="flex min-h-96 flex-1 flex-col">
        <Skeleton className="min-h-0 flex-1" />
      </div>
    );
  }
  return (
    <>
      {topology.isError && (
        <StaleNotice error={topology.error} lastSuccessAt={topology.dataUpdatedAt} onRetry={retry} />
      )}
      {model.nodes.length === 0 && address.site === undefined ? (
        <NothingYet />
      ) : (
        <MapBody key={address.site ?? 'all'} model={model} address={address} onChange={change} />
      )}
    </>
  );
}

function NothingYet() {
  return (
    <EmptyState
      icon={Waypoints}
      title="Nothing to draw yet"
      action={<ButtonLink to="/nodes?add=1">Add a node</ButtonLink>}
    >
      The map draws itself from what switches and routers say of their neighbours: LLDP, CDP and forwarding
      tables. Add nodes that are polled by SNMP.
    </EmptyState>
  );
}

interface MapBodyProps {
  readonly model: MapModel;
  readonly address: MapAddress;
  readonly onChange: (next: Partial<MapAddress>) => void;
}

function useMapData(model: MapModel) {
  const sites = useQuery(sitesQuery).data;
  const served = useMemo(() => placesOf(model.nodes), [model.nodes]);
  const edits = useLayoutEdits(served);
  const zones = useMemo(() => {
    const names = new Map((sites ?? []).map(({ id, name }) => [id, name]));
    return zonesOf({ model, places: edits.places, siteName: (id) => names.get(id) ?? 'Site' });
  }, [model, edits.places, sites]);
  return { edits, zones, sites: sites ?? [] };
}

/** What goes dark when the chosen one is pulled; nothing while nobody asks. */
function useDark(model: MapModel, { chosen, isImpact }: MapAddress): readonly string[] {
  const isLink = chosen !== undefined && model.lineById.get(chosen)?.link !== undefined;
  const isNode = chosen !== undefined && model.byId.get(chosen)?.kind === 'node';
  const query = isLink ? { link_id: chosen } : { node_id: chosen };
  const impact = useQuery({ ...impactQuery(query), enabled: isImpact && (isLink || isNode) });
  return useMemo(() => {
    if (!isImpact || impact.data === undefined) return NO_DARK;
    const { dark, dark_device_ids: devices } = impact.data;
    return [...(isNode && chosen !== undefined ? [chosen] : []), ...dark.map(({ id }) => id), ...devices];
  }, [isImpact, impact.data, isNode, chosen]);
}

function MapBody({ model, address, onChange }: MapBodyProps) {
  const may = useMay();
  const narrow = useIsNarrow();
  const navigate = useNavigate();
  const { edits, zones, sites } = useMapData(model);
  const dark = useDark(model, address);
  const emphasis = useMemo(() => emphasisOf(model, address.chosen, dark), [model, address.chosen, dark]);
  const [camera, setCamera] = useState<MapCamera>();
  const search = useRef<HTMLInputElement>(null);
  const isList = (address.view ?? (narrow ? 'list' : 'map')) === 'list';
  const choose = useCallback((chosen: string | undefined) => onChange({ chosen }), [onChange]);
  usePageKeys(search, choose);
  const open = useCallback(
    (id: string) => {
      if (model.byId.get(id)?.kind === 'node') void navigate(`/nodes/${id}`);
    },
    [model, navigate],
  );
  const isDraggable = may('map.write') && !narrow;
  const onKey = useMapKeys({ model, address, edits, camera, isDraggable, choose, open });
  const show = (id: string) => {
    choose(id);
    const place = edits.places.get(id);
    if (place !== undefined) camera?.show(place);
  };
  const chosen = address.chosen === undefined ? undefined : model.byId.get(address.chosen);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <MapToolbar
        model={model}
        sites={sites}
        address={address}
        isList={isList}
        searchRef={search}
        onChange={onChange}
        onShow={show}
        camera={isList ? undefined : camera}
        onFit={() => camera?.fit(boxAround(zones))}
        onUndo={edits.canUndo ? edits.undo : undefined}
        mayWrite={may('map.write')}
      />
      <p id="map-keys" className="sr-only">
        Arrow keys go from one to the next, Enter opens it, Escape leaves it, slash searches.
        {isDraggable && ' Shift and an arrow key move it, Control Z puts it back.'}
      </p>
      <p role="status" className="sr-only">
        {chosen === undefined
          ? ''
          : `${chosen.name.slice(0, 96)}, ${plural(model.linesOf.get(chosen.id)?.length ?? 0, 'link')}`}
      </p>
      <div className="flex min-h-0 flex-1 gap-3">
        {isList ? (
          <LinkList model={model} />
        ) : (
          <div className="relative min-h-[420px] min-w-0 flex-1 overflow-hidden rounded-md border border-line max-md:min-h-[60dvh]">
            <Suspense fallback={<Skeleton className="h-full" />}>
              <MapView
                model={model}
                places={edits.places}
                zones={zones}
                emphasis={emphasis}
                isDraggable={isDraggable}
                label={`Map, ${plural(model.nodes.length, 'device')} and ${plural(model.lines.length, 'link')}`}
                onChoose={choose}
                onOpen={open}
                onMove={edits.move}
                onKey={onKey}
                onReady={setCamera}
              />
            </Suspense>
          </div>
        )}
        <ChosenPanel model={model} address={address} onChange={onChange} onShow={show} />
      </div>
    </div>
  );
}

/** Keys of the whole page: a slash goes to the search, Escape leaves what is chosen; not out of a field or a dialog. */
function usePageKeys(field: RefObject<HTMLInputElement | null>, choose: (id: undefined) => void): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target instanceof HTMLElement && target.closest('input, textarea, [role="dialog"]') !== null)
        return;
      if (event.key === 'Escape') choose(undefined);
      if (event.key !== '/') return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [field, choose]);
}

interface KeysInput {
  readonly model: MapModel;
  readonly address: MapAddress;
  readonly edits: ReturnType<typeof useLayoutEdits>;
  readonly camera: MapCamera | undefined;
  readonly isDraggable: boolean;
  readonly choose: (id: string | undefined) => void;
  readonly open: (id: string) => void;
}

/** The keys of the map: arrows walk, Shift and an arrow move, Enter opens, plus and minus scale. */
function useMapKeys({ model, address, edits, camera, isDraggable, choose, open }: KeysInput) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const { chosen } = address;
    const direction = ARROWS[event.key];
    if (direction !== undefined && camera !== undefined) {
      event.preventDefault();
      const from = chosen !== undefined && model.byId.has(chosen) ? chosen : undefined;
      if (event.shiftKey && isDraggable && from !== undefined) {
        const place: Place = edits.places.get(from) ?? { x: 0, y: 0 };
        const step = keyStep(direction, KEY_STEP);
        edits.move(new Map([[from, { x: place.x + step.x, y: place.y + step.y }]]));
        return;
      }
      const next = nextInDirection(edits.places, from, direction, camera.middle());
      if (next === undefined) return;
      choose(next);
      camera.reveal(edits.places.get(next) ?? camera.middle());
    } else if (event.key === 'Enter' && chosen !== undefined) open(chosen);
    else if (event.key === '+' || event.key === '=') camera?.zoom(1.4);
    else if (event.key === '-') camera?.zoom(1 / 1.4);
    else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) edits.undo();
    else return;
    event.preventDefault();
  };
}
