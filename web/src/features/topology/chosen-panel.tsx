import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { linkName } from '../../domain/link-words.ts';
import { IconButton } from '../../ui/button.tsx';
import { Dialog, DialogBody } from '../../ui/dialog.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { useIsNarrow } from '../../ui/state/media.ts';
import { DevicePanel } from './device-panel.tsx';
import { GhostPanel, LinkPanel } from './link-panel.tsx';
import type { MapAddress } from './map-address.ts';
import type { MapModel } from './map-model.ts';
import { NodePanel } from './node-panel.tsx';

interface ChosenPanelProps {
  readonly model: MapModel;
  readonly address: MapAddress;
  readonly onChange: (next: Partial<MapAddress>) => void;
  /** Shows another one on the map. */
  readonly onShow: (id: string) => void;
}

/** Everything about what is chosen: beside the map, on a phone over it. */
export function ChosenPanel(props: ChosenPanelProps) {
  const narrow = useIsNarrow();
  const chosen = contentOf(props);
  const close = () => props.onChange({ chosen: undefined });
  if (narrow) {
    return (
      <Dialog open={chosen !== undefined} onClose={close} title={chosen?.title ?? ''} side="right">
        <DialogBody className="p-0!">{chosen?.content}</DialogBody>
      </Dialog>
    );
  }
  if (chosen === undefined) return null;
  return (
    <aside
      aria-label="What is chosen"
      className="flex w-90 shrink-0 flex-col overflow-hidden rounded-md border border-line bg-surface print:hidden"
    >
      <div className="flex min-h-11 items-center gap-2 border-b border-line py-1.5 pr-1.5 pl-4">
        <h2 className="min-w-0 flex-1 text-14 font-semibold break-words">
          <bdi>{chosen.title}</bdi>
        </h2>
        <IconButton label="Close" onClick={close}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{chosen.content}</div>
    </aside>
  );
}

interface Chosen {
  readonly title: string;
  readonly content: ReactNode;
}

function contentOf(props: ChosenPanelProps): Chosen | undefined {
  const { model, address } = props;
  const { chosen } = address;
  if (chosen === undefined) return undefined;
  const node = model.byId.get(chosen);
  if (node !== undefined) {
    const Content = node.device === undefined ? NodePanel : DevicePanel;
    return { title: deviceLine(node.name, 80), content: <Content {...props} key={chosen} node={node} /> };
  }
  const line = model.lineById.get(chosen);
  if (line?.link !== undefined) {
    return {
      title: linkName(line.link),
      content: <LinkPanel {...props} key={chosen} line={line} link={line.link} />,
    };
  }
  if (line?.ghost !== undefined) {
    return {
      title: linkName(line.ghost),
      content: <GhostPanel {...props} key={chosen} ghost={line.ghost} />,
    };
  }
  return undefined;
}
