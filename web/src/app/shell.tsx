import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Mark } from '../ui/mark.tsx';
import { usePreference } from '../ui/state/preference.ts';
import { useTheme } from '../ui/state/theme.ts';
import { AlertAnnouncer } from './alert-announcer.tsx';
import { DESTINATIONS } from './destinations.ts';
import { TopBar } from './top-bar.tsx';

const SearchDialog = lazy(async () => ({
  default: (await import('../features/search/search-dialog.tsx')).SearchDialog,
}));

function NavItems({ folded, onGo }: { readonly folded: boolean; readonly onGo?: () => void }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {DESTINATIONS.map(({ to, label, icon: Icon }) => (
        <li key={to}>
          <NavLink
            to={to}
            end={to === '/'}
            {...(onGo === undefined ? {} : { onClick: onGo })}
            title={folded ? label : undefined}
            className={({ isActive }) =>
              classNames(
                'flex h-8 items-center gap-2.5 rounded-md px-2 text-13 font-medium max-md:h-11 max-md:text-14',
                folded && 'justify-center',
                isActive ? 'bg-active text-text' : 'text-soft hover:bg-hover hover:text-text',
              )
            }
          >
            <Icon size={16} aria-hidden className="shrink-0" />
            <span className={folded ? 'sr-only' : ''}>{label}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

function SideBar() {
  const [folded, setFolded] = usePreference('navigation.folded', false);
  const Fold = folded ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label="Main"
      className={classNames(
        'sticky top-0 z-20 hidden h-dvh shrink-0 flex-col border-r border-line bg-surface p-2 md:flex',
        folded ? 'w-13' : 'w-52',
      )}
    >
      <Link
        to="/"
        className="mb-3 flex h-10 items-center gap-2 rounded-md px-1.5"
        aria-label="Stratora, home"
      >
        <Mark />
        {!folded && <span className="text-14 font-semibold tracking-tight">Stratora</span>}
      </Link>
      <NavItems folded={folded} />
      <button
        type="button"
        aria-label={folded ? 'Unfold the navigation' : 'Fold the navigation'}
        aria-expanded={!folded}
        title={folded ? 'Unfold the navigation' : 'Fold the navigation'}
        onClick={() => setFolded(!folded)}
        className={classNames(
          'mt-auto flex h-8 items-center gap-2.5 rounded-md px-2 text-13 text-faint hover:bg-hover hover:text-text',
          folded && 'justify-center',
        )}
      >
        <Fold size={16} aria-hidden />
        {!folded && 'Fold'}
      </button>
    </nav>
  );
}

/** Opens the search with Ctrl K or Command K from anywhere. */
function useSearchKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        open();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open]);
}

export function Shell() {
  const [menuOpen, setMenuOpen] = useState(false);
  const [searchOpen, setSearchOpen] = useState(false);
  const [openSearch] = useState(() => () => setSearchOpen(true));
  const navigation = useNavigation();
  const { theme, choose } = useTheme();
  useSearchKey(openSearch);
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-13 text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <SideBar />
      <div className="flex min-w-0 flex-1 flex-col md:h-dvh">
        <TopBar onMenu={() => setMenuOpen(true)} onSearch={openSearch} />
        <main
          id="content"
          tabIndex={-1}
          aria-busy={navigation.state === 'loading'}
          className="flex min-h-0 flex-1 flex-col outline-none md:overflow-y-auto"
        >
          <Outlet />
        </main>
      </div>
      <Dialog open={menuOpen} onClose={() => setMenuOpen(false)} title="Stratora" side="left">
        <nav aria-label="Main" className="p-3">
          <NavItems folded={false} onGo={() => setMenuOpen(false)} />
        </nav>
      </Dialog>
      {searchOpen && (
        <Suspense fallback={null}>
          <SearchDialog
            destinations={DESTINATIONS}
            theme={theme}
            onTheme={choose}
            onClose={() => setSearchOpen(false)}
          />
        </Suspense>
      )}
      <AlertAnnouncer />
      <ScrollRestoration />
    </div>
  );
}
