const SHOWN_MS = 6_000;

/** Shows a message for a while at the edge of the page. */
export function toast(message: string, kind: 'info' | 'error' = 'error') {
  const element = document.createElement('div');
  element.className = `toast ${kind}`;
  element.textContent = message;
  document.getElementById('toasts')!.append(element);
  setTimeout(() => element.remove(), SHOWN_MS);
}
