// Where the arrows lead from figure to figure, and what the letters add. Nothing here knows a page.
export const STEPS = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] };
export const ADDS = { p: "partner", u: "parent", c: "child", s: "sibling" };

// The nearest place in the direction of a key: what lies aside counts twice.
export function nearest(from, places, key) {
  const [dx, dy] = STEPS[key];
  let best = null;
  for (const place of places) {
    const [x, y] = [place.x - from.x, place.y - from.y];
    const ahead = (x * dx + y * dy) / 20;
    const aside = Math.abs(x * dy - y * dx) / 20;
    if (ahead < 1 || (dx && aside > 60) || (dy && ahead < 10)) continue; // the same row; another one
    const far = ahead + 2 * aside;
    if (!best || far < best.far) best = { far, id: place.id };
  }
  return best?.id ?? null;
}

// How far a pointer is from where it took hold, in whole units.
export function away(held, event) {
  return [Math.round(event.clientX - held.x), Math.round(event.clientY - held.y)];
}
