// Runs before the first paint, so that a dark page never flashes white. A file of its own because the
// content security policy of the server allows no inline scripts.
(function () {
  let scheme = null;
  try {
    scheme = localStorage.getItem('planwright-theme');
  } catch {
    // Storage may be blocked; the system's choice holds then.
  }
  const dark =
    scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
