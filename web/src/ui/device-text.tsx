import { deviceLine } from './format/device-text.ts';

interface DeviceTextProps {
  readonly text: string;
  /** Characters at most. */
  readonly max?: number;
  readonly className?: string;
}

/** What a device says of itself: cut, without controls, and apart from the direction of the text around it. */
export function DeviceText({ text, max, className }: DeviceTextProps) {
  const line = deviceLine(text, max);
  const whole = deviceLine(text, 512);
  return (
    <bdi className={className} title={whole === line ? undefined : whole}>
      {line}
    </bdi>
  );
}
