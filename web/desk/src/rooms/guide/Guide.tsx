import { useEffect, useId, useState } from 'react'
import { useResource } from '../../api/resource'
import { type Block, guide, type Line, type Piece, picture } from '../../api/texts'
import { groupsFor } from '../../doors'
import { Failure, Loading } from '../../parts/States'
import { pathOf, type Route } from '../../route'
import { useSession } from '../../session'
import { useWords } from '../../i18n'

/** The guide of the role that is worn, with the pictures and the ways to the pages that it names. */
export default function Guide() {
  const w = useWords()
  const { session } = useSession()
  const role = session?.role ?? ''
  const found = useResource(`guide|${role}|${w.lang}`, () => guide(role, w.lang))
  if (found.error) return <Failure error={found.error} retry={found.retry} />
  if (!found.data) return <Loading />
  return <Text blocks={found.data} />
}

function Text({ blocks }: { blocks: Block[] }) {
  const id = useId()
  const ways = useWays()
  const parts = blocks.flatMap((one, at) =>
    'h' in one && one.h === 2 ? [{ at, title: one.t.map(plain).join('') }] : [],
  )
  return (
    <article className="guide card">
      {blocks.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text never change their places
        <div key={at} id={`${id}-${at}`} tabIndex={'h' in one ? -1 : undefined}>
          <Shown of={one} ways={ways} first={at === 0} />
          {at === 0 && <Contents parts={parts} id={id} />}
        </div>
      ))}
    </article>
  )
}

/** The parts of the guide. Not links: what stands after # in the address names the room. */
function Contents({ parts, id }: { parts: { at: number; title: string }[]; id: string }) {
  const w = useWords()
  const to = (at: number) => {
    const heading = document.getElementById(`${id}-${at}`)
    heading?.scrollIntoView()
    heading?.focus({ preventScroll: true })
  }
  return (
    <nav className="guide-parts" aria-label={w.t('guide.parts')}>
      {parts.map((part) => (
        <button type="button" className="plain" key={part.at} onClick={() => to(part.at)}>
          {part.title}
        </button>
      ))}
    </nav>
  )
}

type Ways = Map<string, string>

/** The pages that whoever is here may enter, by their titles. */
function useWays(): Ways {
  const w = useWords()
  const { session, may } = useSession()
  const doors = session ? groupsFor(session, may).flatMap((group) => group.doors) : []
  return new Map(doors.map((door) => [w.t(door.title), pathOf({ room: door.to } as Route)]))
}

function Shown({ of, ways, first }: { of: Block; ways: Ways; first: boolean }) {
  if ('h' in of) {
    const text = <Said line={of.t} ways={ways} />
    if (of.h === 1) return first ? <h1>{text}</h1> : <h2>{text}</h2>
    return of.h === 2 ? <h2>{text}</h2> : <h3>{text}</h3>
  }
  if ('p' in of) {
    return (
      <p>
        <Said line={of.p} ways={ways} />
      </p>
    )
  }
  if ('src' in of) return <Picture name={of.src} alt={of.alt} />
  if ('head' in of) return <Rows head={of.head} rows={of.rows} ways={ways} />
  const items = of.list.map((line) => (
    <li key={line.map(plain).join('')}>
      <Said line={line} ways={ways} />
    </li>
  ))
  return of.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
}

function Rows({ head, rows, ways }: { head: Line[]; rows: Line[][]; ways: Ways }) {
  return (
    <div className="guide-table">
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell.map(plain).join('')} scope="col">
                <Said line={cell} ways={ways} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.flat().map(plain).join('|')}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table never change their places
                <td key={at}>
                  <Said line={cell} ways={ways} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What stands out in a line: a page that one may enter is a way to it. */
function Said({ line, ways }: { line: Line; ways: Ways }) {
  return line.map((piece, at) => {
    const key = `${at} ${plain(piece)}`
    if (typeof piece === 'string') return piece
    if ('k' in piece) return <kbd key={key}>{piece.k}</kbd>
    if ('a' in piece) return <span key={key}>{piece.t}</span>
    const to = ways.get(piece.b)
    return <strong key={key}>{to ? <a href={to}>{piece.b}</a> : piece.b}</strong>
  })
}

function plain(piece: Piece): string {
  if (typeof piece === 'string') return piece
  return 'b' in piece ? piece.b : 'k' in piece ? piece.k : piece.t
}

function Picture({ name, alt }: { name: string; alt: string }) {
  const [src, setSrc] = useState<string | null>(null)
  useEffect(() => {
    picture(name).then(setSrc, () => setSrc(null))
  }, [name])
  return src && <img src={src} alt={alt} loading="lazy" />
}
