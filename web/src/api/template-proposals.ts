import type { ProposeTemplate, TemplateProposal } from '@stratora/contract';
import { useMutation } from '@tanstack/react-query';
import { request } from './client.ts';

/** Time for a large walk over a slow line. */
const TIMEOUT_MS = 120_000;

/** Asks for a template for a recorded device. Nothing is changed. */
export function useProposeTemplate() {
  return useMutation({
    mutationFn: (body: ProposeTemplate) =>
      request<TemplateProposal>('/device-templates/propose', {
        method: 'POST',
        body,
        timeoutMs: TIMEOUT_MS,
      }),
  });
}
