import type { DeviceIdentity } from '@stratora/contract';
import type { Identity } from './identify.ts';

/** Writes an identity as the API answers it: null where nothing tells, the confidence in percent. */
export function identityAnswer(identity: Identity): DeviceIdentity {
  const { vendor, model, serial, firmware, os, family, deviceType, template, confidence, reasons } = identity;
  return {
    vendor: vendor ?? null,
    model: model ?? null,
    serial: serial ?? null,
    firmware: firmware ?? null,
    os: os ?? null,
    family: family ?? null,
    device_type: deviceType,
    template,
    confidence: Math.round(confidence * 100),
    reasons: [...reasons],
  };
}
