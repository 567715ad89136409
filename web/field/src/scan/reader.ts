/** Reads a QR code in what the camera shows; null where there is none. */
export type Reader = (picture: HTMLVideoElement) => Promise<string | null>

interface Detector {
  detect: (of: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}
type DetectorClass = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<string[]>
}

/** Wide enough for a code of many cells, small enough for a cheap phone. */
const WIDEST = 720

/** The browser's own reader where it has one, else one that is fetched for it. */
export async function reader(): Promise<Reader> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (own && (await own.getSupportedFormats().catch(() => [] as string[])).includes('qr_code')) {
    const detector = new own({ formats: ['qr_code'] })
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null
  }
  const { default: decode } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (picture) => {
    const scale = Math.min(1, WIDEST / picture.videoWidth)
    const width = Math.round(picture.videoWidth * scale)
    const height = Math.round(picture.videoHeight * scale)
    if (!context || !width) return null
    canvas.width = width
    canvas.height = height
    context.drawImage(picture, 0, 0, width, height)
    try {
      return decode({ width, height, data: context.getImageData(0, 0, width, height).data })
    } catch {
      return null
    }
  }
}
