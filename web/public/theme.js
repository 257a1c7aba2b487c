// Runs before the first paint, so that the page never flashes in the other theme.
(() => {
  let theme = 'dark';
  try {
    const chosen = JSON.parse(localStorage.getItem('stratora.theme') ?? '"dark"');
    const light = matchMedia('(prefers-color-scheme: light)').matches;
    theme = chosen === 'system' ? (light ? 'light' : 'dark') : chosen === 'light' ? 'light' : 'dark';
  } catch {
    // Storage that is blocked or damaged means the default.
  }
  document.documentElement.dataset.theme = theme;
})();
