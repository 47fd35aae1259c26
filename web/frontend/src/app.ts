// Every page works without this file; it only spares waiting and tapping.
import 'htmx.org';
import './css/index.css';
import { watchForms } from './forms';
import { watchManagement } from './manage';
import { watchNetwork } from './network';

// Close an open menu by Escape or by a tap elsewhere.
function closeMenus(except?: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (!(except instanceof Node && menu.contains(except))) menu.open = false;
  }
}
document.addEventListener('click', (event) => closeMenus(event.target));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const summary = document.querySelector<HTMLElement>('details[data-menu][open] > summary');
  closeMenus();
  summary?.focus();
});

// A page in the background does not ask for news.
document.addEventListener('htmx:before:request', (event) => {
  const source = event.target instanceof Element ? event.target : null;
  if (source?.hasAttribute('data-poll') && (document.hidden || !navigator.onLine)) {
    event.preventDefault();
  }
});

watchForms();
watchManagement();
watchNetwork();
