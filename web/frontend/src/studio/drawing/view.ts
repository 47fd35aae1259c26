// What part of the diagram is seen.
import type { El, Studio } from '../types';

const PALETTE = 130; // pixels at the left, under the palette
const NARROW = 60; // that of a phone has one column
const MARGIN = 40;

/** Everything beside the palette; a small diagram is not blown up. */
export function fit(studio: Studio): void {
  const { inner, outer } = studio.canvas.viewbox();
  if (!outer.width || !outer.height || !inner.width) return;
  const left = outer.width > 600 ? PALETTE : NARROW;
  const [width, height] = [outer.width - left - MARGIN / 2, outer.height - 2 * MARGIN];
  const scale = Math.max(Math.min(width / inner.width, height / inner.height, 1), 0.2);
  studio.canvas.viewbox({
    x: inner.x - left / scale - Math.max(0, width / scale - inner.width) / 2,
    y: inner.y - MARGIN / scale - Math.max(0, height / scale - inner.height) / 2,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}

/** To be called after reading anew: shows the same part, with the same elements selected. */
export function holdView(studio: Studio): () => void {
  if (!studio.canvas.getRootElement().businessObject) return () => fit(studio); // nothing has been shown yet
  const { x, y, width, height } = studio.canvas.viewbox();
  const chosen = studio.selection.get().map((one) => one.id);
  return () => {
    studio.canvas.viewbox({ x, y, width, height });
    const still = chosen.map((id) => studio.registry.get(id)).filter((one): one is El => one !== undefined);
    studio.selection.select(still);
  };
}

export function zoomBy(studio: Studio, factor: number): void {
  const { width, height } = studio.canvas.viewbox().outer;
  studio.canvas.zoom(Math.min(Math.max(studio.canvas.zoom() * factor, 0.2), 4), { x: width / 2, y: height / 2 });
}
