import { Button, DatePicker, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useId } from 'react'
import type { AreaEntry, Situation } from '../api/types'
import { useWords } from '../i18n'
import type { View } from '../view'
import Dressed from './Dressed'

interface Props {
  view: View
  change: (part: Partial<View>, replace?: boolean) => void
  areas: AreaEntry[]
  code: string | null
  situation: Situation | null
}

/** Which area, as of when, as known when. */
export default function Picks({ view, change, areas, code, situation }: Props) {
  return (
    <Dressed>
      <div className="picks">
        <AreaPick areas={areas} code={code} choose={(area) => change({ area, asOf: null })} />
        <MomentPick situation={situation} choose={(asOf) => change({ asOf })} />
        <KnownPick knownAt={view.knownAt} choose={(knownAt) => change({ knownAt })} />
      </div>
    </Dressed>
  )
}

function AreaPick({
  areas,
  code,
  choose,
}: {
  areas: AreaEntry[]
  code: string | null
  choose: (code: string) => void
}) {
  const w = useWords()
  const id = useId()
  const options = areas.map((a) => ({
    value: a.code,
    label: w.name(a),
    find: [a.zh, a.en, a.pinyin, a.pinyin?.replace(/\s/g, ''), a.code].join('\n').toLowerCase(),
    count: a.n_notices,
  }))
  return (
    <div className="pick">
      <label htmlFor={id}>{w.t('pick.area')}</label>
      <Select
        id={id}
        value={code ?? undefined}
        options={options}
        onChange={choose}
        showSearch={{ filterOption: (input, o) => o?.find.includes(input.trim().toLowerCase()) ?? false }}
        placeholder={w.t('pick.area.find')}
        notFoundContent={w.t('pick.area.none')}
        popupMatchSelectWidth={260}
        optionRender={(o) => (
          <span className="option">
            {o.data.label} <small>{w.t('notices.count', { n: o.data.count })}</small>
          </span>
        )}
      />
    </div>
  )
}

function MomentPick({ situation, choose }: { situation: Situation | null; choose: (asOf: string | null) => void }) {
  const w = useWords()
  const id = useId()
  const moments = [...(situation?.moments ?? [])].sort((a, b) => Date.parse(b) - Date.parse(a))
  const options = moments.map((iso, i) => ({ value: iso, label: w.moment(iso), latest: i === 0 }))
  const at = situation?.as_of
  const value = at ? (moments.find((m) => Date.parse(m) === Date.parse(at)) ?? at) : undefined
  return (
    <div className="pick">
      <label htmlFor={id}>{w.t('pick.moment')}</label>
      <Select
        id={id}
        value={value}
        options={
          value && !moments.includes(value) ? [{ value, label: w.moment(value), latest: false }, ...options] : options
        }
        onChange={(iso) => choose(iso)}
        disabled={!options.length}
        popupMatchSelectWidth={false}
        optionRender={(o) => (
          <span className="option">
            {o.data.label} {o.data.latest && <small>{w.t('pick.latest')}</small>}
          </span>
        )}
      />
    </div>
  )
}

/** Advanced: what was known at a moment. The field is in the viewer's own time zone. */
function KnownPick({ knownAt, choose }: { knownAt: string | null; choose: (iso: string | null) => void }) {
  const w = useWords()
  const id = useId()
  return (
    <div className="pick known">
      <label htmlFor={id} title={w.t('pick.known.help')}>
        {w.t('pick.known')}
      </label>
      <DatePicker
        id={id}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        placeholder={w.t('pick.known.now')}
        value={knownAt ? dayjs(knownAt) : null}
        onChange={(at: Dayjs | Dayjs[] | null) => choose(dayjs.isDayjs(at) ? at.toISOString() : null)}
      />
      {knownAt && (
        <Button size="small" type="text" onClick={() => choose(null)}>
          {w.t('pick.known.clear')}
        </Button>
      )}
    </div>
  )
}
