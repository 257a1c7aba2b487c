import {
  COMPONENT_ROUTES,
  componentJobReportSchema,
  componentJobsQuerySchema,
  componentJobsSchema,
  idSchema,
  JOB_OVER_HEADER,
  JOB_REPORT_MAX_BYTES,
} from '@stratora/contract';
import { z } from 'zod';
import {
  componentAccess,
  goneSignal,
  type Routes,
  requireComponentId,
  unpackBody,
} from '../../platform/http/index.ts';
import type { JobBell } from './job-bell.ts';
import type { JobBoard } from './job-board.ts';

const tags = ['components'];
const params = z.object({ id: idSchema });

/** Routes by which a collector fetches its jobs and reports what came of them. */
export function jobRoutes(board: JobBoard, bell: JobBell): (routes: Routes) => void {
  return (routes) => {
    // A call that waits would hold up the server's stop.
    routes.addHook('preClose', async () => bell.close());
    routes.get(
      COMPONENT_ROUTES.jobs,
      {
        ...componentAccess('collector'),
        // A HEAD would take the jobs and not tell of them.
        exposeHeadRoute: false,
        schema: {
          operationId: 'listComponentJobs',
          summary: 'The jobs that wait for a collector, with what they need; secrets are among it',
          tags,
          params,
          querystring: componentJobsQuerySchema,
          response: { 200: componentJobsSchema },
        },
      },
      async (request, reply) => {
        const { componentId } = requireComponentId(request, request.params.id);
        const { running, wait_seconds: waitSeconds } = request.query;
        const items = await board.give(componentId, {
          running: running.split(',').filter((id) => id !== ''),
          waitMs: waitSeconds * 1000,
          signal: goneSignal(reply),
        });
        return reply.header('cache-control', 'no-store').send({ items });
      },
    );
    routes.post(
      COMPONENT_ROUTES.jobResults,
      {
        ...componentAccess('collector', {
          refusals: ['not_found', 'unsupported_encoding', 'truncated_body'],
          requestHeaders: ['content-encoding'],
        }),
        bodyLimit: JOB_REPORT_MAX_BYTES,
        preParsing: unpackBody,
        schema: {
          operationId: 'reportComponentJob',
          summary: 'What came of a job, in parts or whole; of one that has ended nothing more is taken',
          tags,
          params: params.extend({ job_id: idSchema }),
          body: componentJobReportSchema,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { componentId } = requireComponentId(request, request.params.id);
        const call = { requestId: request.id, address: request.clientAddress };
        const isWanted = await board.report(componentId, request.params.job_id, request.body, call);
        if (!isWanted) void reply.header(JOB_OVER_HEADER, '1');
        return reply.code(204).send(null);
      },
    );
  };
}
