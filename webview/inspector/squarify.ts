/** A rectangle in pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The worst aspect ratio in a row of areas along a side of a length. */
function worst(areas: readonly number[], sum: number, side: number): number {
  const thickness = sum / side;
  let ratio = 1;
  for (const area of areas) {
    const length = area / thickness;
    ratio = Math.max(ratio, length / thickness, thickness / length);
  }
  return ratio;
}

/**
 * Divides a rectangle by values, in their order, into parts that are as square as that allows: a row takes in values as
 * long as that makes its worst part more square (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000). Large values first
 * make for the best shapes. Values that are not positive get no area.
 */
export function squarify(values: readonly number[], within: Rect): Rect[] {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const scale = total > 0 ? (within.width * within.height) / total : 0;
  const areas = values.map((value) => Math.max(0, value) * scale);
  const parts: Rect[] = [];
  let { x, y, width, height } = within;
  for (let at = 0; at < areas.length; ) {
    const side = Math.min(width, height);
    const row: number[] = [];
    let sum = 0;
    for (let next = at; next < areas.length; next++) {
      const area = areas[next] ?? 0;
      const grown = [...row, area];
      const isWorse = row.length > 0 && worst(grown, sum + area, side) > worst(row, sum, side);
      if (isWorse && sum > 0) break;
      row.push(area);
      sum += area;
    }
    const isColumn = width >= height;
    const thickness = side > 0 ? Math.min(sum / side, isColumn ? width : height) : 0;
    let along = isColumn ? y : x;
    for (const area of row) {
      const length = thickness > 0 ? area / thickness : 0;
      parts.push(
        isColumn
          ? { x, y: along, width: thickness, height: length }
          : { x: along, y, width: length, height: thickness },
      );
      along += length;
    }
    if (isColumn) {
      x += thickness;
      width -= thickness;
    } else {
      y += thickness;
      height -= thickness;
    }
    at += row.length;
  }
  return parts;
}
