import '../../styles/poster.css'
import { Button, Form, Input, Select } from 'antd'
import type { Spoken } from '../../api/command'
import { Failure, Loading } from '../../parts/States'
import { type Given, sheet, titles, useTemplates } from './template'
import { useSpoken } from './words'

interface Values {
  code?: string
  langs: string[]
  issuer?: string
  phone?: string
}

/** Templates of notices to the public, each language a poster that prints; what a language lacks is told. */
export function Templates({ area }: { area: string }) {
  const w = useSpoken()
  const { spoken, error, loading, retry, name, day } = useTemplates(area)
  const [form] = Form.useForm<Values>()
  const said = Form.useWatch([], form)
  if (error) return <Failure error={error} retry={retry} told />
  if (loading && !spoken.length) return <Loading />
  const langs = said?.langs ?? []
  const shown = spoken.filter((one) => langs.includes(one.lang))
  const given = { issuer: said?.issuer ?? '', phone: said?.phone ?? '', day }
  return (
    <>
      <section className="card posters-ask" aria-label={w.t('no.tab.templates')}>
        <Form form={form} name="poster" layout="vertical" requiredMark={false} initialValues={{ langs: ['zh', 'en'] }}>
          <div className="fields">
            <Form.Item name="code" className="wide" label={w.t('te.code')}>
              <Select options={titles(spoken, w.lang, name(w.lang))} />
            </Form.Item>
            <Form.Item name="langs" className="wide" label={w.t('te.langs')}>
              <Select mode="multiple" options={spoken.map((one) => ({ value: one.lang, label: one.name }))} />
            </Form.Item>
            <Form.Item name="issuer" label={w.t('te.issuer')}>
              <Input maxLength={100} autoComplete="off" />
            </Form.Item>
            <Form.Item name="phone" label={w.t('te.phone')}>
              <Input maxLength={40} autoComplete="off" />
            </Form.Item>
          </div>
          <div className="actions">
            <Button type="primary" disabled={!said?.code || !shown.length} onClick={() => print()}>
              {w.t('te.print')}
            </Button>
          </div>
        </Form>
        <Lacking of={spoken} />
        {!said?.code && <p className="muted">{w.t('te.none')}</p>}
      </section>
      {said?.code && (
        <section className="posters" aria-label={w.t('te.posters')}>
          {shown.map((one) => (
            <Poster key={one.lang} of={one} code={said.code as string} given={{ ...given, area: name(one.lang) }} />
          ))}
        </section>
      )}
    </>
  )
}

function Lacking({ of }: { of: readonly Spoken[] }) {
  const w = useSpoken()
  return of
    .filter((one) => one.lacking.length > 0)
    .map((one) => (
      <p key={one.lang} className="late">
        {w.t('te.lacking', { name: one.name, n: w.n(one.lacking.length), keys: one.lacking.join(' ') })}
      </p>
    ))
}

function Poster({ of, code, given }: { of: Spoken; code: string; given: Given }) {
  const its = sheet(of, code, given)
  if (!its) return null
  return (
    <article className="card poster" lang={of.tag}>
      <h2>{its.title}</h2>
      <p>{its.lead}</p>
      <ol>
        {its.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ol>
      <p>{its.close}</p>
      {its.phone && <p className="poster-phone">{its.phone}</p>}
      <p className="poster-issued">{its.issued}</p>
    </article>
  )
}
