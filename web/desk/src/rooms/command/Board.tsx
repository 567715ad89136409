import { useResource } from '../../api/resource'
import { type Below, type Board as Its, steering, type Waiting } from '../../api/steering'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { Failure, Loading } from '../../parts/States'
import { Held } from './Held'
import { useSpoken, type Words } from './words'

/** So many names stand in a tile. */
const FEW = 3

/** How each part of the response stands, and which division below keeps it waiting. */
export function Board({ area }: { area: string }) {
  const w = useSpoken()
  const found = useResource(`board|${area}`, (signal) => steering.board(area, signal), 'keep', ['command', 'warning'])
  if (found.error && !found.data) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const of = found.data
  return (
    <>
      <section className="state-of board" aria-label={w.t('co.tab.board')}>
        <ul>
          <Level of={of} />
          {tiles(of, w).map((one) => (
            <Tile key={one.title} {...one} area={area} />
          ))}
        </ul>
      </section>
      {of.strategies && of.strategies.length > 0 && <Held of={of.strategies} />}
      {of.below.length > 0 && <Divisions rows={of.below} led={of.posts.of > 0} />}
    </>
  )
}

interface Shown {
  title: string
  room: string
  value: string
  note: string
  alarms: boolean
}

/** Each part with what of it is late, and the room behind it. */
function tiles(of: Its, w: Words): Shown[] {
  const share = (n: number, all: number) => w.t('co.share', { n: w.n(n), of: w.n(all) })
  const late = (n: number) => (n ? w.t('co.late', { n: w.n(n) }) : w.t('co.late.none'))
  const waits = (title: string, room: string, { n, late: over }: Waiting) => ({
    title,
    room,
    value: w.n(n),
    note: late(over),
    alarms: over > 0,
  })
  const counted = (title: string, room: string, one: Its['posts'], note: string) => ({
    title,
    room,
    value: share(one.n, one.of),
    note,
    alarms: one.late > 0,
  })
  const found = [
    ...(of.posts.of ? [counted(w.t('co.posts'), 'command?show=headquarters', of.posts, posted(of, w))] : []),
    counted(w.t('co.measures'), 'measures?show=board', of.measures, stale(of.measures.late, w)),
    counted(w.t('co.notices'), 'notices?show=receipts', of.notices, late(of.notices.late)),
    waits(w.t('co.tickets'), 'notices?show=tickets', of.tickets),
    waits(w.t('co.gatherings'), 'measures?show=gatherings', of.gatherings),
    waits(w.t('co.events'), 'command?show=reports', of.events),
    { title: w.t('co.first'), room: 'command?show=first', value: w.n(of.playbooks), note: '', alarms: false },
  ]
  if (of.limits) {
    const { in_force, asked } = of.limits
    const note = w.t('co.asked', { n: w.n(asked) })
    found.push({ title: w.t('co.limits'), room: 'area', value: w.n(in_force), note, alarms: asked > 0 })
  }
  if (of.ready) {
    found.push(counted(w.t('co.ready'), 'plans?show=readiness', of.ready, unready(of.ready.late, w)))
  }
  return found
}

function posted({ missing }: Its, w: Words) {
  if (!missing.length) return ''
  if (missing.length > FEW) return w.t('co.posts.missing.n', { n: w.n(missing.length) })
  return w.t('co.posts.missing', { areas: missing.map((one) => w.name(one)).join(w.t('list.comma')) })
}

const stale = (n: number, w: Words) => (n ? w.t('co.measures.stale', { n: w.n(n) }) : w.t('co.late.none'))
const unready = (n: number, w: Words) => (n ? w.t('co.ready.without', { n: w.n(n) }) : '')

function Tile({ title, room, value, note, alarms, area }: Shown & { area: string }) {
  return (
    <li className={alarms ? 'alarms' : undefined}>
      <a href={`#${room}${room.includes('?') ? '&' : '?'}area=${encodeURIComponent(area)}`}>
        <span>{title}</span>
        <strong>{value}</strong>
        {note && <small>{note}</small>}
      </a>
    </li>
  )
}

function Level({ of }: { of: Its }) {
  const w = useSpoken()
  const level = of.level
  const heads = of.headquarters.map((one) => (w.lang === 'zh' ? one.zh : one.en || one.zh))
  return (
    <li>
      <a href={`#plans?show=levels&area=${encodeURIComponent(of.area)}`}>
        <span>{w.t('co.level')}</span>
        <strong>{level ? w.t(`co.level.${level.level}`) : w.t('co.level.none')}</strong>
        {level && (
          <small>
            <AreaName code={level.area} /> · {w.stamp(level.starts)}
          </small>
        )}
        <small>{heads.length ? heads.join(w.lang === 'zh' ? '；' : '; ') : w.t('co.headquarters.none')}</small>
      </a>
    </li>
  )
}

/** Divisions that keep something waiting; the others behind a click. */
function Divisions({ rows, led }: { rows: Below[]; led: boolean }) {
  const w = useSpoken()
  const waits = (one: Below) => one.notices.of + one.tickets.n + one.gatherings.n + one.events.n > 0
  const [open, quiet] = [rows.filter(waits), rows.filter((one) => !waits(one))]
  return (
    <section className="card" aria-labelledby="below-title">
      <h2 id="below-title">{w.t('co.below')}</h2>
      {open.length > 0 && <Table rows={open} led={led} label={w.t('co.below')} />}
      {quiet.length > 0 && (
        <details>
          <summary>{w.t('co.below.quiet', { n: w.n(quiet.length) })}</summary>
          <Table rows={quiet} led={led} label={w.t('co.below.quiet', { n: w.n(quiet.length) })} />
        </details>
      )}
    </section>
  )
}

/** `led`: they are such as have command posts. */
function Table({ rows, led, label }: { rows: Below[]; led: boolean; label: string }) {
  const w = useSpoken()
  const waits = (one: Waiting) => (
    <span className={one.late ? 'late' : undefined}>
      {one.late ? w.t('co.with.late', { n: w.n(one.n), late: w.n(one.late) }) : w.n(one.n)}
    </span>
  )
  const share = ({ n, of, late }: Below['notices']) => (
    <span className={late ? 'late' : undefined}>{w.t('co.share', { n: w.n(n), of: w.n(of) })}</span>
  )
  const post = (has: boolean) => (
    <span className={`tag ${has ? 'active' : 'fails'}`}>{w.t(has ? 'co.post.has' : 'co.post.none')}</span>
  )
  const number = 'number'
  return (
    <Grid
      label={label}
      rows={rows}
      keyOf={(one) => one.area}
      columns={[
        {
          key: 'area',
          title: w.t('co.area'),
          head: true,
          cell: (one) => <a href={`#command?show=board&area=${encodeURIComponent(one.area)}`}>{w.name(one)}</a>,
        },
        ...(led ? [{ key: 'post', title: w.t('co.post'), cell: (one: Below) => post(one.post) }] : []),
        { key: 'notices', title: w.t('co.notices'), className: number, cell: (one) => share(one.notices) },
        { key: 'tickets', title: w.t('co.tickets'), className: number, cell: (one) => waits(one.tickets) },
        { key: 'gatherings', title: w.t('co.gatherings'), className: number, cell: (one) => waits(one.gatherings) },
        { key: 'events', title: w.t('co.events'), className: number, cell: (one) => waits(one.events) },
      ]}
    />
  )
}
