import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { classNames } from './class-names.ts';

const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-13 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 max-md:min-h-10';
const POPUP =
  'z-50 max-h-(--available-height) min-w-44 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 text-text shadow-(--shadow) outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

export function Menu({ trigger, align = 'end', children }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className="z-50 outline-none" sideOffset={4} align={align}>
          <BaseMenu.Popup className={POPUP}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, danger = false, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      className={classNames(ITEM, danger ? 'text-critical' : 'text-text')}
      disabled={disabled}
      onClick={onSelect}
    >
      {icon}
      {children}
    </BaseMenu.Item>
  );
}

export function MenuLink({
  to,
  icon,
  children,
}: {
  readonly to: string;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <BaseMenu.Item className={ITEM} render={<Link to={to} />}>
      {icon}
      {children}
    </BaseMenu.Item>
  );
}

export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <BaseMenu.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} closeOnClick={false}>
      <span className="inline-flex size-4 items-center justify-center">
        <BaseMenu.CheckboxItemIndicator>
          <Check size={14} aria-hidden />
        </BaseMenu.CheckboxItemIndicator>
      </span>
      {children}
    </BaseMenu.CheckboxItem>
  );
}

export function MenuRadio<T extends string>({
  value,
  onChange,
  options,
}: {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string }[];
}) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} className={ITEM} closeOnClick={false}>
          <span className="inline-flex size-4 items-center justify-center">
            <BaseMenu.RadioItemIndicator>
              <Check size={14} aria-hidden />
            </BaseMenu.RadioItemIndicator>
          </span>
          {option.label}
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 text-12 text-faint">{children}</div>;
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}
