import { useMemo } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { DayPicker } from '../../domain/day-picker.tsx';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import { isZoneName } from '../../ui/format/zone-time.ts';
import { ZoneInput } from '../../ui/zone-input.tsx';
import { countTargets, type JobFormValues } from './job-form-values.ts';
import { PACE_LIMITS } from './pace-choice.ts';
import { EntryFaults } from './target-fields.tsx';

type Form = UseFormReturn<JobFormValues>;

const PACKETS_MAX = 100_000;

function packetsFault(text: string): string | true {
  const value = Number(text);
  return text.trim() === '' || (value >= 0.1 && value <= PACKETS_MAX) || 'Enter a number from 0.1 to 100,000';
}

/** The bounds of a scan: packets, addresses to which nothing goes, hours. */
export function LimitFields({ form }: { readonly form: Form }) {
  const [pace, exclude] = form.watch(['pace', 'options.exclude']);
  const errors = form.formState.errors.options;
  const faults = useMemo(() => countTargets('', exclude).faults.exclude, [exclude]);
  const limits = PACE_LIMITS[pace];
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Packets a second, in all" optional error={errors?.packets_per_second?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('options.packets_per_second', { validate: packetsFault })}
              inputMode="decimal"
              className="tabular"
              placeholder={String(limits.all)}
            />
          )}
        </Field>
        <Field
          label="Packets a second, to one host"
          optional
          error={errors?.host_packets_per_second?.message}
        >
          {(control) => (
            <TextInput
              {...control}
              {...form.register('options.host_packets_per_second', { validate: packetsFault })}
              inputMode="decimal"
              className="tabular"
              placeholder={String(limits.host)}
            />
          )}
        </Field>
      </div>
      <Field
        label="Leave out"
        optional
        help="Networks, ranges and addresses to which nothing is ever sent, also where a neighbour names them"
        error={errors?.exclude?.message}
      >
        {(control) => (
          <TextArea
            {...control}
            {...form.register('options.exclude', {
              validate: (text) =>
                countTargets('', text).faults.exclude.length === 0 || 'Correct what cannot be read',
            })}
            rows={2}
            className="font-mono text-13"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <EntryFaults faults={faults} />
      <HoursFields form={form} />
    </>
  );
}

function HoursFields({ form }: { readonly form: Form }) {
  const isOn = form.watch('hours_on');
  const errors = form.formState.errors.hours;
  return (
    <>
      <CheckField
        label="Send in some hours alone"
        help="Outside of them the scan rests, and goes on where it was."
        {...form.register('hours_on')}
      />
      {isOn && (
        <div
          role="group"
          aria-label="Hours"
          className="flex flex-col gap-4 rounded-md border border-line p-3"
        >
          <Controller
            control={form.control}
            name="hours.days"
            rules={{ validate: (days) => days.length > 0 || 'Choose at least one day' }}
            render={({ field }) => <DayPicker days={field.value} onChange={field.onChange} />}
          />
          {errors?.days !== undefined && <p className="text-12 text-critical">{errors.days.message}</p>}
          <div className="grid items-start gap-4 sm:grid-cols-3">
            <Field label="From" error={errors?.from?.message}>
              {(control) => (
                <TextInput
                  {...control}
                  {...form.register('hours.from', { required: 'Enter a time' })}
                  type="time"
                  className="tabular"
                />
              )}
            </Field>
            <Field label="To" error={errors?.to?.message}>
              {(control) => (
                <TextInput
                  {...control}
                  {...form.register('hours.to', { required: 'Enter a time' })}
                  type="time"
                  className="tabular"
                />
              )}
            </Field>
            <Field label="Time zone" error={errors?.timezone?.message}>
              {(control) => (
                <ZoneInput
                  {...control}
                  {...form.register('hours.timezone', {
                    validate: (text) => isZoneName(text.trim()) || 'Enter the name of a time zone',
                  })}
                />
              )}
            </Field>
          </div>
        </div>
      )}
    </>
  );
}

function portsFault(text: string): string | true {
  const ports = text.split(/[\s,;]+/).filter((port) => port !== '');
  const areGood = ports.every(
    (port) => /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535,
  );
  return (areGood && ports.length <= 100) || 'Enter at most 100 ports from 1 to 65535';
}

/** What is asked of a host, one after the other; each can be left out. */
export function PhaseFields({ form }: { readonly form: Form }) {
  const [pace, options] = form.watch(['pace', 'options']);
  const isSafe = pace === 'ot_safe';
  const errors = form.formState.errors.options;
  return (
    <>
      <CheckField
        label="Ping"
        help="Without it every address is asked all the rest, which takes far longer."
        {...form.register('options.ping')}
      />
      {isSafe ? (
        <p className="text-13 text-soft">TCP ports and web pages are left out: the scan is OT-safe.</p>
      ) : (
        <>
          <CheckField label="TCP ports" {...form.register('options.tcp')} />
          {options.tcp && (
            <Field
              label="Ports"
              optional
              help="Otherwise those that tell most of what a device is"
              error={errors?.tcp_ports?.message}
            >
              {(control) => (
                <TextInput
                  {...control}
                  {...form.register('options.tcp_ports', { validate: portsFault })}
                  className="tabular font-mono text-13"
                  placeholder="22, 80, 443"
                  autoComplete="off"
                />
              )}
            </Field>
          )}
        </>
      )}
      <CheckField label="SNMP" {...form.register('options.snmp')} />
      {options.snmp && (
        <Field label="SNMP port" error={errors?.snmp_port?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('options.snmp_port', {
                validate: (text) => (portsFault(text) === true && text.trim() !== '' ? true : 'Enter a port'),
              })}
              inputMode="numeric"
              className="tabular max-w-28"
            />
          )}
        </Field>
      )}
      {!isSafe && (
        <CheckField
          label="Web pages"
          help="Title and certificate of the web server"
          {...form.register('options.http')}
        />
      )}
      <CheckField label="Names in DNS" {...form.register('options.dns')} />
    </>
  );
}
