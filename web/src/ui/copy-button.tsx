import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

const SHOWN_MS = 2_000;

function useCopy(text: string): readonly [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return [copied, copy];
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, copy] = useCopy(text);
  return (
    <IconButton label={copied ? 'Copied' : label} onClick={copy}>
      {copied ? <Check size={16} className="text-healthy" aria-hidden /> : <Copy size={16} aria-hidden />}
    </IconButton>
  );
}

/** A command or secret to take along, shown in full. */
export function CopyBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, copy] = useCopy(text);
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-canvas p-2 max-sm:flex-col max-sm:items-stretch">
      <pre className="min-w-0 flex-1 px-1 py-1 font-mono text-12 break-all whitespace-pre-wrap">{text}</pre>
      <Button
        onClick={copy}
        aria-label={`Copy ${label}`}
        icon={
          copied ? <Check size={14} className="text-healthy" aria-hidden /> : <Copy size={14} aria-hidden />
        }
      >
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </div>
  );
}
