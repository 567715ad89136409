/**
 * Photographs as they are sent: drawn anew, so that nothing of what the camera wrote into the file besides the picture
 * (place, time, device) goes with it.
 */

/** Pixels of the long side at first: a sign or a meter can be read on it, and it has 200 to 500 kB. */
const LONG_SIDE_PX = 1_600
const QUALITY = 0.8
/** The vault takes 1,000,000 bytes: a picture that is larger is drawn smaller, down to the shortest long side. */
const MOST_BYTES = 1_000_000
const SMALLER = 0.75
const SHORTEST_PX = 400

/** What was chosen is no picture that this browser can open. */
export class NoPhoto extends Error {}

/** A picture as a JPEG of at most `MOST_BYTES`, upright, without metadata. Throws NoPhoto. */
export async function redrawn(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NoPhoto()
  })
  try {
    for (let side = LONG_SIDE_PX; side >= SHORTEST_PX; side *= SMALLER) {
      const drawn = await jpeg(picture, Math.min(1, side / Math.max(picture.width, picture.height)))
      if (drawn && drawn.size <= MOST_BYTES) return drawn
    }
  } finally {
    picture.close()
  }
  throw new NoPhoto()
}

function jpeg(picture: ImageBitmap, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new NoPhoto()
  pen.fillStyle = '#fff' // what is transparent would be black
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}
