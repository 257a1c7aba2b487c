import {
  bulkAnswerSchema,
  discoveredDeviceListQuerySchema,
  discoveredDeviceListSchema,
  discoveredDeviceSchema,
  idSchema,
  ignoreDevicesSchema,
  importDevicesSchema,
  importedDevicesSchema,
  mergeDevicesSchema,
  splitDeviceSchema,
  splitDevicesSchema,
} from '@stratora/contract';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { DeviceService } from './device-service.ts';
import type { ImportService } from './import-service.ts';
import type { JobService } from './job-service.ts';

const tags = ['discovery'];
const params = z.object({ id: idSchema });

export interface DeviceRoutesOptions {
  jobs: JobService;
  devices: DeviceService;
  imports: ImportService;
}

/** Routes of what discovery jobs have found. */
export function deviceRoutes(services: DeviceRoutesOptions): (routes: Routes) => void {
  return (routes) => {
    addResults(routes, services);
    addIgnoring(routes, services.devices);
    addHands(routes, services.devices);
  };
}

function addResults(routes: Routes, { jobs, imports }: DeviceRoutesOptions): void {
  routes.get(
    '/api/v1/discovery/jobs/:id/devices',
    {
      ...userAccess('monitoring:read'),
      schema: {
        operationId: 'listDiscoveredDevices',
        summary: 'What a discovery job has found',
        tags,
        params,
        querystring: discoveredDeviceListQuerySchema,
        response: { 200: discoveredDeviceListSchema },
      },
    },
    (request) => jobs.devices(request.params.id, request.query),
  );
  routes.post(
    '/api/v1/discovery/jobs/:id/import',
    {
      ...userAccess('discovery:manage', { isRepeatable: true }),
      schema: {
        operationId: 'importDiscoveredDevices',
        summary:
          'Make nodes of devices, with template, credential, site and collector; each once, however often it is asked for',
        tags,
        params,
        body: importDevicesSchema,
        response: { 200: importedDevicesSchema },
      },
    },
    (request) => imports.run(actorOf(request), request.params.id, request.body),
  );
}

function addIgnoring(routes: Routes, devices: DeviceService): void {
  const act = userAccess('discovery:manage', { isRepeatable: true, refusals: ['invalid_state'] });
  for (const isIgnored of [true, false]) {
    const verb = isIgnored ? 'ignore' : 'unignore';
    routes.post(
      `/api/v1/discovery/jobs/:id/${verb}`,
      {
        ...act,
        schema: {
          operationId: `${verb}DiscoveredDevices`,
          summary: isIgnored
            ? 'Ignore devices, in every job from the same place'
            : 'Show devices again that were ignored',
          tags,
          params,
          body: ignoreDevicesSchema,
          response: { 200: bulkAnswerSchema },
        },
      },
      (request) =>
        devices.setIgnored(actorOf(request), request.params.id, { ids: request.body.device_ids, isIgnored }),
    );
  }
}

function addHands(routes: Routes, devices: DeviceService): void {
  routes.post(
    '/api/v1/discovery/jobs/:id/merge',
    {
      ...userAccess('discovery:manage', { isRepeatable: true, refusals: ['invalid_state'] }),
      schema: {
        operationId: 'mergeDiscoveredDevices',
        summary: 'Say that several devices are one, now and in later runs; the first one stays',
        tags,
        params,
        body: mergeDevicesSchema,
        response: { 200: discoveredDeviceSchema },
      },
    },
    (request) => devices.merge(actorOf(request), request.params.id, request.body.device_ids),
  );
  routes.post(
    '/api/v1/discovery/jobs/:id/split',
    {
      ...userAccess('discovery:manage', { isRepeatable: true }),
      schema: {
        operationId: 'splitDiscoveredDevice',
        summary: 'Say that some addresses of a device are another one, now and in later runs',
        tags,
        params,
        body: splitDeviceSchema,
        response: { 200: splitDevicesSchema },
      },
    },
    (request) => {
      const { device_id: id, addresses } = request.body;
      return devices.split(actorOf(request), request.params.id, { id, addresses });
    },
  );
}
