import type { DiscoveryJob } from '@stratora/contract';
import { Check } from 'lucide-react';
import { ButtonLink } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { firstStepOf } from './first-step-words.ts';

const STEPS = ['Name the network', 'Scan', 'Import', 'See the map'];

/** Where somebody is on the way from an empty system to a drawn network. */
export function FirstSteps({ job }: { readonly job: DiscoveryJob }) {
  const { step, words } = firstStepOf(job);
  return (
    <section aria-label="First steps" className="rounded-md border border-accent bg-accent-soft px-4 py-3">
      <StepList step={step} />
      <div className="mt-2 flex flex-wrap items-center gap-3 text-13">
        <p role="status" className="min-w-0 flex-1">
          {words}
        </p>
        {step === 3 && (
          <ButtonLink
            to={job.site_id === null ? '/topology' : `/topology?site=${job.site_id}`}
            look="primary"
          >
            Show the map
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

/** The steps, with the one that is at hand. */
export function StepList({ step }: { readonly step: number }) {
  return (
    <ol className="flex flex-wrap gap-x-5 gap-y-1 text-13">
      {STEPS.map((label, at) => (
        <li
          key={label}
          aria-current={at === step ? 'step' : undefined}
          className={classNames(
            'flex items-center gap-1.5',
            at === step ? 'font-medium text-text' : 'text-soft',
          )}
        >
          <span
            className={classNames(
              'tabular inline-flex size-5 items-center justify-center rounded-full border text-12',
              at === step ? 'border-accent bg-accent text-on-accent' : 'border-line-strong',
            )}
          >
            {at < step ? <Check size={12} role="img" aria-label="done" /> : at + 1}
          </span>
          {label}
        </li>
      ))}
    </ol>
  );
}
