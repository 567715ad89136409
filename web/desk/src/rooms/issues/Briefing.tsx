import { Button, Form, Input } from 'antd'
import { useId } from 'react'
import { issues } from '../../api/issues'
import { type Briefing as Card, press, type Question } from '../../api/press'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { AreaName } from '../../forms/AreaName'
import { refusals } from '../../forms/refusals'
import { Told } from '../../forms/Told'
import { Empty, Failure, Loading } from '../../parts/States'
import { Undo } from '../../parts/Undo'
import { PackForm } from './Briefings'
import { Papers } from './Papers'
import { Figures, Texts } from './Texts'
import { useSpoken } from './words'

/** A press conference: the notice and the work in three lines, what is asked and what is answered. */
export function Briefing({ id }: { id: string }) {
  const w = useSpoken()
  const found = useResource(`briefing|${id}`, (signal) => press.briefing(id, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  const card = found.data
  return (
    <>
      <div className="heading">
        <p>
          <a href={`#issues?show=briefings&area=${encodeURIComponent(card.area)}`}>{w.t('br.back')}</a>
        </p>
        <h2>
          <AreaName code={card.area} /> {w.stamp(card.held_at)}
        </h2>
        <p className="muted">
          <span className="tag">{w.t(card.held ? 'br.state.held' : 'br.state.planned')}</span>
          {card.held && ` ${w.stamp(card.held)}`}
        </p>
      </div>
      <div className="workshop">
        <div>
          <Summary of={card} done={found.retry} />
          <Notice id={card.notice} />
        </div>
        <div>
          <Questions of={card} done={found.retry} />
          <Papers name={`briefing-${card.area}`} file={(format, lang) => press.file(id, format, lang)} />
          <Hold of={card} done={found.retry} />
        </div>
      </div>
    </>
  )
}

function Summary({ of, done }: { of: Card; done: () => void }) {
  const w = useSpoken()
  return (
    <section className="card" aria-label={w.t('br.summary')}>
      <h2>{w.t('br.summary')}</h2>
      {(['zh', 'en'] as const).map((lang) => (
        <ol key={lang} className="lines" lang={lang === 'zh' ? 'zh-CN' : 'en'}>
          {of[`summary_${lang}`].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      ))}
      {!of.held && (
        <details className="opens">
          <summary>{w.t('br.change')}</summary>
          <PackForm area={of.area} subject={of.subject} pack={of} done={done} />
        </details>
      )}
    </section>
  )
}

/** The notice that the figures are of. */
function Notice({ id }: { id: string }) {
  const w = useSpoken()
  const found = useResource(`issue|${id}`, (signal) => issues.card(id, signal), 'keep', ['bulletins'])
  if (found.error) return <Failure error={found.error} retry={found.retry} told />
  if (!found.data) return <Loading />
  return (
    <section className="card" aria-label={w.t('is.notice')}>
      <h2>
        <a href={`#issues/${id}`}>
          {w.t('is.notice')} {w.moment(found.data.as_of)}
        </a>
      </h2>
      <Texts zh={found.data.zh} en={found.data.en} />
      <h2>{w.t('is.figures')}</h2>
      <Figures of={found.data.figures} other={found.data.previous} />
    </section>
  )
}

function Questions({ of, done }: { of: Card; done: () => void }) {
  const w = useSpoken()
  return (
    <section className="card" aria-label={w.t('br.questions')}>
      <h2>{w.t('br.questions')}</h2>
      {of.questions.length === 0 && <Empty title={w.t('br.questions.none')} text={w.t('br.questions.none.text')} />}
      <ol className="bare asked">
        {of.questions.map((one) => (
          <Asked key={one.id} briefing={of.subject} of={one} done={done} />
        ))}
      </ol>
      <details className="opens">
        <summary>{w.t('br.ask')}</summary>
        <Both
          send={(zh, en) => press.ask(of.subject, { zh, en, expected: !of.held })}
          label={w.t(of.held ? 'br.ask.asked' : 'br.ask.expected')}
          done={done}
        />
      </details>
    </section>
  )
}

function Asked({ briefing, of, done }: { briefing: string; of: Question; done: () => void }) {
  const w = useSpoken()
  const last = of.answers.at(-1)
  const own = last ? last.own : of.own
  return (
    <li>
      <h3>
        {of.expected && <span className="tag">{w.t('br.expected')}</span>} {w.lang === 'en' && of.en ? of.en : of.zh}
      </h3>
      <p>{last ? (w.lang === 'en' && last.en) || last.zh : w.t('br.unanswered')}</p>
      {last && (
        <p className="muted small">
          {w.t('br.answered_at', { at: w.stamp(last.at) })}
          {of.answers.length > 1 && ` ${w.t('br.earlier', { n: w.n(of.answers.length - 1) })}`}
        </p>
      )}
      <details className="opens">
        <summary>{w.t(last ? 'br.answer.anew' : 'br.answer')}</summary>
        <Both
          send={(zh, en) => press.answer(briefing, { question: of.id, zh, en })}
          label={w.t('br.answer')}
          done={done}
        />
      </details>
      {own && (
        <Undo label={w.t('is.take_back')} take={() => press.takeBack(briefing, last?.fact ?? of.id)} done={done} />
      )}
    </li>
  )
}

/** Words in Chinese, and in English where there are any. */
function Both({
  send,
  label,
  done,
}: {
  send: (zh: string, en: string) => Promise<unknown>
  label: string
  done: () => void
}) {
  const w = useSpoken()
  const [form] = Form.useForm<{ zh: string; en?: string }>()
  const id = useId()
  const { busy, error, run } = useAct()
  const told = refusals(error)
  const submit = ({ zh, en = '' }: { zh: string; en?: string }) =>
    run(async () => {
      await send(zh, en)
      form.resetFields()
      done()
    })
  return (
    <Form
      form={form}
      name={id}
      layout="vertical"
      size="small"
      requiredMark={false}
      onFinish={submit}
      aria-label={label}
    >
      <Form.Item
        name="zh"
        label={w.t('br.words.zh')}
        rules={[{ required: true, whitespace: true, message: w.t('is.needed') }]}
        {...told('zh')}
      >
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item name="en" label={w.t('br.words.en')} {...told('en')}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Told error={error} />
      <Button htmlType="submit" loading={busy}>
        {label}
      </Button>
    </Form>
  )
}

/** From being prepared to being held; held by mistake, back. */
function Hold({ of, done }: { of: Card; done: () => void }) {
  const w = useSpoken()
  const { busy, error, run } = useAct()
  const fact = of.held_fact
  return (
    <section className="card" aria-label={w.t('is.acts')}>
      <h2>{w.t('is.acts')}</h2>
      <p className="muted">{w.t(of.held ? 'br.held.text' : 'br.hold.text')}</p>
      <Told error={error} />
      <div className="actions">
        {fact ? (
          <Undo label={w.t('br.unhold')} take={() => press.takeBack(of.subject, fact)} done={done} />
        ) : (
          <Button type="primary" loading={busy} onClick={() => run(() => press.hold(of.subject).then(done))}>
            {w.t('br.hold')}
          </Button>
        )}
      </div>
    </section>
  )
}
