// Every page works without this file; it only spares waiting and tapping.
import 'htmx.org';
import './css/index.css';
import { watchCopies } from './copy';
import { watchConditions } from './conditions';
import { watchDrafts } from './drafts';
import { focusProblem } from './fields';
import { watchForms } from './forms';
import { watchInbox } from './inbox';
import { watchKeys } from './keys';
import { watchNews } from './live';
import { watchManagement } from './manage';
import { watchNetwork } from './network';
import { watchRows } from './rows';

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

// A row of tabs that is longer than the screen starts at the tab that one is on.
for (const here of document.querySelectorAll<HTMLElement>('.tabs [aria-current]')) {
  const row = here.parentElement as HTMLElement;
  row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

watchCopies();
watchForms();
watchManagement();
watchNetwork();
watchConditions();
watchRows();
watchDrafts();
focusProblem();
watchNews();
watchInbox();
watchKeys();
