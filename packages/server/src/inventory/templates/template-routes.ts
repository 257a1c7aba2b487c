import {
  type DeviceTemplate,
  deviceTemplateSchema,
  foldText,
  type ListAnswer,
  listOf,
  listQuerySchema,
  templateSlugSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { entityKind, notFound, type Routes, userAccess } from '../../platform/http/index.ts';
import type { TemplateRegistry } from './template-registry.ts';
import type { TemplateService } from './template-service.ts';

const summarySchema = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  gathered_by: z.enum(['agent', 'collector']),
  vendor: z.string().nullable(),
  extends: z.array(z.string()),
  /** True for one that others inherit and nobody chooses for a node. */
  part: z.boolean(),
  /** True for one that somebody wrote. */
  custom: z.boolean(),
});
type TemplateSummary = z.infer<typeof summarySchema>;

/** Nobody writes one by a call. */
const entity = entityKind<DeviceTemplate>();

const reloadAnswerSchema = z.object({
  changed: z.array(z.string()),
  faults: z.array(z.object({ file: z.string(), line: z.number().optional(), message: z.string() })),
});

function summaryOf(
  { slug, name, description, gathered_by, vendor, extends: parents, part }: DeviceTemplate,
  custom: ReadonlySet<string>,
): TemplateSummary {
  return {
    slug,
    name,
    description,
    gathered_by,
    vendor: vendor ?? null,
    extends: parents,
    part: part ?? false,
    custom: custom.has(slug),
  };
}

/** Cuts a page of a list in memory; the cursor is the slug that the page before ended with. */
function pageOf(
  all: readonly TemplateSummary[],
  query: z.infer<typeof listQuerySchema>,
): ListAnswer<TemplateSummary> {
  const words = foldText(query.search ?? '');
  const found = all.filter(({ slug, name }) => foldText(`${slug} ${name}`).includes(words));
  const start = query.cursor === undefined ? 0 : found.findIndex(({ slug }) => slug > (query.cursor ?? ''));
  const items = start < 0 ? [] : found.slice(start, start + query.limit);
  const hasMore = start >= 0 && start + query.limit < found.length;
  return { items, total: found.length, next_cursor: hasMore ? (items.at(-1)?.slug ?? null) : null };
}

export function templateRoutes(registry: TemplateRegistry, service: TemplateService) {
  return (routes: Routes): void => {
    const tags = ['device templates'];
    routes.get(
      '/api/v1/device-templates',
      {
        ...userAccess('monitoring:read'),
        schema: {
          summary: 'Device templates by slug',
          tags,
          querystring: listQuerySchema,
          response: { 200: listOf(summarySchema) },
        },
      },
      async (request) => {
        const custom = await service.customSlugs();
        return pageOf(
          registry.list().map((template) => summaryOf(template, custom)),
          request.query,
        );
      },
    );
    routes.get(
      '/api/v1/device-templates/:slug',
      {
        ...userAccess('monitoring:read', {
          entity,
          answers: { 200: { 'application/json': deviceTemplateSchema } },
        }),
        schema: {
          summary: 'One device template, with everything it inherits',
          tags,
          params: z.object({ slug: templateSlugSchema }),
        },
      },
      async (request) => {
        const template = registry.find(request.params.slug);
        if (!template) throw notFound('This device template');
        return template;
      },
    );
    routes.post(
      '/api/v1/device-templates/reload',
      {
        ...userAccess('settings:manage'),
        schema: {
          operationId: 'reloadDeviceTemplates',
          summary: 'Read the template files of this server again, and put them in force on all',
          tags,
          response: { 200: reloadAnswerSchema },
        },
      },
      async (request) => {
        const { changed, faults } = await service.reload(actorOf(request));
        return { changed, faults: [...faults] };
      },
    );
  };
}
