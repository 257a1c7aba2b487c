import type { CustomTemplate, ProposeTemplate, TemplateProposal } from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestTagged } from './client.ts';

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

/** The text of a template that somebody wrote, with its tag. */
export function templateTextQuery(slug: string) {
  return queryOptions({
    queryKey: ['device-templates', slug, 'text'],
    queryFn: ({ signal }) =>
      requestTagged<CustomTemplate>(`/device-templates/${encodeURIComponent(slug)}/text`, { signal }),
    // A text that somebody works on is not taken from under them.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

interface TemplateText {
  readonly text: string;
  /** The template whose text it replaces; absent for a new one. */
  readonly replaced?: { readonly slug: string; readonly etag: string } | undefined;
}

/** Puts a template in force that somebody wrote. */
export function useSaveTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, replaced }: TemplateText) =>
      replaced === undefined
        ? request<CustomTemplate>('/device-templates', { method: 'POST', body: { text } })
        : request<CustomTemplate>(`/device-templates/${encodeURIComponent(replaced.slug)}`, {
            method: 'PUT',
            body: { text },
            ifMatch: replaced.etag,
          }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device-templates'] }),
  });
}

export function useDeleteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (slug: string) =>
      request<void>(`/device-templates/${encodeURIComponent(slug)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['device-templates'], exact: true }),
  });
}
