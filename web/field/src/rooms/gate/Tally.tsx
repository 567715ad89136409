import Button from 'antd-mobile/es/components/button'
import { useEffect, useRef, useState } from 'react'
import { useField } from '../../field'
import { useWords } from '../../i18n'
import { go } from '../../route'
import { Full } from '../../store/full'
import { COUNTED, countedUntil, saveCount, SCREENED } from '../../store/gate'
import { listed } from '../../store/outbox'
import { FormVersion } from '../FormVersion'
import { Choice, Count, Screen, Wrong } from '../parts'
import { usePost } from './usePost'

/** How many passed in the shift, and how many of them were checked. Who was met is counted already. */
export default function Tally() {
  const w = useWords()
  const { phone, say, refresh } = useField()
  const at = usePost()
  const post = at?.post
  const [until, setUntil] = useState<string | null>(null)
  const [checked, setChecked] = useState<number | null>(null)
  const [passed, setPassed] = useState<number | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const running = useRef(false)
  useEffect(() => {
    if (!post) return
    listed(phone, ['waiting', 'sent', 'behind', 'handed']).then((items) => {
      const last = countedUntil(post, items)
      setUntil(last)
      if (last) return // how many of those met were counted then, nobody can tell: the rest is counted anew
      const own = post.tally.met + items.filter((one) => one.fact.kind === SCREENED.kind).length
      setChecked((before) => before ?? own)
      setPassed((before) => before ?? own)
    })
  }, [phone, post])
  if (!at) return null
  const fewer = passed !== null && checked !== null && checked < passed
  const save = async () => {
    if (passed === null || checked === null || checked > passed) return setWrong(w.t('gate.missing.count'))
    if (fewer && !reason) return setWrong(w.t('gate.missing.reason'))
    if (running.current) return
    running.current = true
    try {
      await saveCount(phone, at.post, until ?? at.post.since, { passed, checked, reason: fewer ? reason : null })
      await refresh()
      go('')
      say(w.t('gate.counted', { passed, checked }))
    } catch (error) {
      setWrong(w.t(error instanceof Full ? 'visit.full' : 'visit.unsaved'))
    }
    running.current = false
  }
  return (
    <Screen title={w.t('gate.count')}>
      <FormVersion of={COUNTED} />
      <p className="muted">{w.t('gate.count.since', { since: w.time(Date.parse(until ?? at.post.since)) })}</p>
      {until && <p className="notice">{w.t('gate.count.again', { until: w.time(Date.parse(until)) })}</p>}
      <Count label={w.t('gate.count.passed')} value={passed} onChange={setPassed} />
      <Count label={w.t('gate.count.checked')} value={checked} onChange={setChecked} />
      {fewer && (
        <Choice
          legend={w.t('gate.count.reason')}
          options={(at.gate.words.reasons ?? []).map((one) => ({ value: one.code, label: w.name(one) }))}
          value={reason}
          onChange={setReason}
        />
      )}
      <Wrong text={wrong} />
      <Button block color="primary" size="large" onClick={save}>
        {w.t('visit.save')}
      </Button>
    </Screen>
  )
}
