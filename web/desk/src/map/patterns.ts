/** Pictures for areas that were not stated: made here, so that nothing is fetched. Drawn at two pixels a point, in a colour rgb(…). */

interface Picture {
  width: number
  height: number
  data: Uint8Array
}

function draw(size: number, colour: string, on: (x: number, y: number) => boolean): Picture {
  const data = new Uint8Array(size * size * 4)
  const ink = [...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number), 255]
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (on(x, y)) data.set(ink, (y * size + x) * 4)
  }
  return { width: size, height: size, data }
}

/** Implied zero. */
export function dots(colour: string): Picture {
  const near = (x: number, y: number, cx: number, cy: number) => (x - cx) ** 2 + (y - cy) ** 2 <= 5
  return draw(20, colour, (x, y) => near(x, y, 4.5, 4.5) || near(x, y, 14.5, 14.5))
}

/** Not reported. */
export function hatch(colour: string): Picture {
  return draw(16, colour, (x, y) => (x + y) % 16 < 2)
}
