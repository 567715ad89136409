import { Form, Input } from 'antd'
import type { Figure, Finding, Issued } from '../../api/issues'
import { AreaName } from '../../forms/AreaName'
import { Grid } from '../../forms/Grid'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** A notice in both languages, as it is to be read. */
export function Texts({ zh, en }: { zh: string; en: string }) {
  const w = useSpoken()
  return (
    <>
      <h3>{w.t('is.words.zh')}</h3>
      <p lang="zh-CN">{zh}</p>
      <h3>{w.t('is.words.en')}</h3>
      <p lang="en">{en}</p>
    </>
  )
}

/** What keeps a draft from being checked, and what needs a note; with `noting` a field for each note. */
export function Findings({ of, noting }: { of: readonly Finding[]; noting?: boolean }) {
  const w = useSpoken()
  if (!of.length) return <p>{w.t('is.findings.none')}</p>
  return (
    <ul className="bare">
      {of.map((one) => {
        const what = w.name(one)
        return (
          <li key={one.code}>
            <span className={`tag ${one.blocks ? 'fails' : 'warns'}`}>
              {w.t(one.blocks ? 'is.blocks' : 'is.warns')}
            </span>{' '}
            {what}
            {noting && !one.blocks && (
              <Form.Item
                name={['notes', one.code]}
                label={w.t('is.note', { what: one.code })}
                rules={[{ required: true, whitespace: true, message: w.t('is.note.needed') }]}
              >
                <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
              </Form.Item>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** The issue that a draft is compared with, in its own words. */
export function Last({ of }: { of: Issued | null }) {
  const w = useSpoken()
  if (!of) return null
  return (
    <section className="card" aria-label={w.t('is.last')}>
      <h2>
        <a href={`#issues/${of.draft}`}>
          {w.t('is.last')} {w.moment(of.as_of)}
        </a>
      </h2>
      <p className="muted">{`${w.t('is.number', { n: w.n(of.number) })} ${w.t('is.published', { at: w.stamp(of.issued_at) })}`}</p>
      <Texts zh={of.zh} en={of.en} />
    </section>
  )
}

/** The figures of a draft beside those of the issue before. */
export function Figures({ of, other }: { of: readonly Figure[]; other: Issued | null }) {
  const w = useSpoken()
  const { session } = useSession()
  const key = (one: Figure) => `${one.metric}|${one.area ?? ''}`
  const old = new Map((other?.figures ?? []).map((one) => [key(one), one.n]))
  const compared = other
    ? [
        {
          key: 'before',
          title: w.moment(other.as_of),
          className: 'number',
          cell: (one: Figure) => told(old.get(key(one))),
        },
        {
          key: 'change',
          title: w.t('is.change'),
          className: 'number',
          cell: (one: Figure) => w.signed(one.n - (old.get(key(one)) ?? 0)),
        },
      ]
    : []
  const told = (n: number | undefined) => (n === undefined ? '–' : w.n(n))
  return (
    <Grid
      label={w.t('is.figures')}
      rows={of}
      keyOf={key}
      columns={[
        {
          key: 'figure',
          title: w.t('is.figure'),
          head: true,
          cell: (one: Figure) => {
            const title = session?.metrics[one.metric]
            return (
              <>
                {one.area && (
                  <>
                    <AreaName code={one.area} />{' '}
                  </>
                )}
                {title ? w.name(title) : one.metric}
              </>
            )
          },
        },
        { key: 'n', title: w.t('is.n'), className: 'number', cell: (one: Figure) => w.n(one.n) },
        ...compared,
      ]}
    />
  )
}
