// Starts a behaviour on each element that asks for it, and stops it when the element has left the page.
const behaviours = [];
let watcher = null;

export function attach(selector, start, page = globalThis.document) {
  if (!page) return;
  const behaviour = { selector, start, running: new Map() };
  behaviours.push(behaviour);
  refresh(behaviour, page);
  if (watcher || !globalThis.MutationObserver) return;
  watcher = new MutationObserver(() => behaviours.forEach((one) => refresh(one, page)));
  watcher.observe(page, { childList: true, subtree: true });
}

export function refresh({ selector, start, running }, page) {
  for (const [element, stop] of running) {
    if (element.isConnected) continue;
    running.delete(element);
    stop?.();
  }
  for (const element of page.querySelectorAll(selector)) {
    if (!running.has(element)) running.set(element, start(element));
  }
}

// Like addEventListener, and returns what takes the listener away again.
export function listen(target, event, act, options) {
  target.addEventListener(event, act, options);
  return () => target.removeEventListener(event, act, options);
}
