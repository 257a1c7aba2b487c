import { Dialog, DialogBody } from '../../ui/dialog.tsx';

const KEYS = [
  ['j', 'Next alert'],
  ['k', 'Previous alert'],
  ['Enter', 'Open it'],
  ['x', 'Select it'],
  ['a', 'Acknowledge it, or all that are selected'],
  ['m', 'Mute it, or all that are selected'],
  ['o', 'Show or fold what is behind it'],
  ['/', 'Search'],
  ['?', 'This help'],
] as const;

/** The keys of the list of alerts. */
export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keys">
      <DialogBody>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-13">
          {KEYS.map(([key, what]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-flex min-w-7 justify-center rounded-sm border border-line-strong bg-canvas px-1.5 font-sans text-12">
                  {key}
                </kbd>
              </dt>
              <dd className="text-soft">{what}</dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
