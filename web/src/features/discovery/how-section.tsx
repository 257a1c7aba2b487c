import { FormSection } from '../../ui/form-section.tsx';
import { More } from './job-form-frame.tsx';
import { LimitFields, PhaseFields } from './limit-fields.tsx';
import { PaceFields } from './pace-fields.tsx';
import type { JobFormState } from './use-job-form.ts';

interface HowSectionProps extends Pick<JobFormState, 'form' | 'fresh'> {
  readonly title: string;
}

/** How gentle, within which limits, and what is asked. */
export function HowSection({ title, form, fresh }: HowSectionProps) {
  const { options, hours } = form.formState.errors;
  const isPhase = options?.tcp_ports !== undefined || options?.snmp_port !== undefined;
  const isLimit =
    hours !== undefined ||
    options?.exclude !== undefined ||
    options?.packets_per_second !== undefined ||
    options?.host_packets_per_second !== undefined;
  return (
    <FormSection title={title}>
      <PaceFields form={form} isFresh={fresh.isOpen} />
      <More label="Limits: packets, addresses to leave out, hours" isWrong={isLimit}>
        <LimitFields form={form} />
      </More>
      <More label="Phases: ping, TCP ports, SNMP, web pages, names" isWrong={isPhase}>
        <PhaseFields form={form} />
      </More>
    </FormSection>
  );
}
