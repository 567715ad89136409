import { save } from '../../forms/save'
import { spelled } from '../../look'

const HEAD = 44
const NAME = 20
const NS = 'http://www.w3.org/2000/svg'
/** Dots for each pixel of the page: sharp on paper. */
const SHARP = 3

/** A drawing with its title and whose numbers it shows, as a file that stands alone. */
export function svgOf(
  drawn: SVGSVGElement,
  title: string,
  about: string,
): { text: string; wide: number; high: number } {
  const copy = drawn.cloneNode(true) as SVGSVGElement
  const [, , wide = 0, high = 0] = (drawn.getAttribute('viewBox') ?? '').split(' ').map(Number)
  const whole = high + HEAD
  copy.setAttribute('viewBox', `0 ${-HEAD} ${wide} ${whole}`)
  copy.setAttribute('width', String(wide))
  copy.setAttribute('height', String(whole))
  const paper = element('rect', { y: -HEAD, width: wide, height: HEAD, fill: 'var(--paper)' })
  const head = element('text', { x: 4, y: -26, 'font-size': 15, 'font-weight': 600, fill: 'var(--ink)' }, title)
  const line = element('text', { x: 4, y: -8, fill: 'var(--muted)' }, about)
  copy.prepend(paper, head, line)
  return { text: spelled(new XMLSerializer().serializeToString(copy)), wide, high: whole }
}

/** Drawings of one size on one sheet, `across` side by side, each below its name. */
export function sheetOf(drawings: readonly { name: string; svg: SVGSVGElement }[], across: number): SVGSVGElement {
  const sheet = document.createElementNS(NS, 'svg')
  const [, , wide = 0, high = 0] = (drawings[0]?.svg.getAttribute('viewBox') ?? '').split(' ').map(Number)
  const down = Math.ceil(drawings.length / across)
  sheet.setAttribute('viewBox', `0 0 ${across * wide} ${down * (high + NAME)}`)
  for (const set of ['font-family', 'font-size', 'fill'])
    sheet.setAttribute(set, drawings[0]?.svg.getAttribute(set) ?? '')
  drawings.forEach(({ name, svg }, at) => {
    const place = `translate(${(at % across) * wide} ${Math.floor(at / across) * (high + NAME)})`
    const each = element('g', { transform: place })
    const inside = element('g', { transform: `translate(0 ${NAME})` })
    inside.append(...[...svg.cloneNode(true).childNodes])
    each.append(element('text', { x: 4, y: 14, fill: 'var(--ink)' }, name), inside)
    sheet.append(each)
  })
  sheet.prepend(element('rect', { width: across * wide, height: down * (high + NAME), fill: 'var(--paper)' }))
  return sheet
}

function element(kind: string, set: Record<string, string | number>, text = ''): SVGElement {
  const made = document.createElementNS(NS, kind)
  for (const [name, value] of Object.entries(set)) made.setAttribute(name, String(value))
  made.textContent = text
  return made
}

export function saveSvg(drawn: SVGSVGElement, title: string, about: string, name: string): void {
  save(`${name}.svg`, svgOf(drawn, title, about).text, 'image/svg+xml')
}

/** Throws where the browser cannot paint the drawing. */
export async function savePng(drawn: SVGSVGElement, title: string, about: string, name: string): Promise<void> {
  const { text, wide, high } = svgOf(drawn, title, about)
  const picture = new Image()
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = wide * SHARP
  canvas.height = high * SHARP
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const painted = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!painted) throw new Error('the drawing could not be painted')
  save(`${name}.png`, painted)
}
