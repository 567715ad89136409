import { Alert, Button, Form, Input } from 'antd'
import { api } from '../../api/client'
import { type Mine as All, mine } from '../../api/mine'
import { useResource } from '../../api/resource'
import { useAct } from '../../forms/act'
import { Told } from '../../forms/Told'
import { Failure, Loading } from '../../parts/States'
import { go } from '../../route'
import { signedIn, useSession } from '../../session'
import { LookPages } from '../looks/LookList'
import { Orders } from './Orders'
import { Facts, Holdings, Restrictions, Texts, WordList } from './Parts'
import { Return } from './Return'
import { Statement } from './Statement'
import { useSpoken } from './words'

/** A person's own page: opened by a code, about that person alone. */
export default function Mine() {
  const w = useSpoken()
  const { may } = useSession()
  return (
    <>
      <div className="heading">
        <h1>{w.t('mine.title')}</h1>
        <p>{w.t('mine.text')}</p>
      </div>
      {may('own.read') ? <Own /> : <Door />}
    </>
  )
}

function Door() {
  const w = useSpoken()
  const { session, reload } = useSession()
  const { busy, error, run } = useAct()
  const submit = ({ code }: { code: string }) =>
    run(async () => {
      await mine.open(code.trim())
      await reload()
    })
  return (
    <section className="card narrow">
      <p>{w.t('mine.code.text')}</p>
      {session?.account && <Alert type="warning" showIcon className="told" title={w.t('mine.other')} />}
      <Form layout="vertical" requiredMark={false} onFinish={submit} autoComplete="off">
        <Form.Item
          name="code"
          label={w.t('mine.code')}
          rules={[{ required: true, whitespace: true, message: w.t('mine.code.needed') }]}
        >
          <Input spellCheck={false} autoCapitalize="characters" className="code-input" maxLength={200} />
        </Form.Item>
        <Told error={error} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {w.t('mine.code.go')}
        </Button>
      </Form>
    </section>
  )
}

function Own() {
  const all = useResource('mine', (signal) => mine.all(null, signal), 'keep')
  if (all.error) return <Failure error={all.error} retry={all.retry} told />
  if (!all.data) return <Loading />
  return <Shown all={all.data} again={all.retry} />
}

function Shown({ all, again }: { all: All; again: () => void }) {
  const w = useSpoken()
  const { session, reload, may } = useSession()
  const { busy, error, run } = useAct()
  const leave = () =>
    run(async () => {
      await api.signOut()
      await reload()
      go({ room: 'home' })
    })
  return (
    <>
      {may('errands.place') && <Orders />}
      {may('travel.read') && <Return />}
      <div className="two">
        <Facts of={all} />
        <Holdings of={all.holdings} />
      </div>
      <div className="two">
        <Restrictions of={all.restrictions} />
        <Texts of={all.texts} />
      </div>
      <section className="card" aria-labelledby="mine-looks">
        <header>
          <h2 id="mine-looks">{w.t('mine.looks')}</h2>
          <p className="muted">{w.t('mine.looks.text')}</p>
        </header>
        <LookPages first={all.looks} load={async (from) => (await mine.all(from)).looks} />
      </section>
      <div className="two">
        <WordList id="mine-rights" title={w.t('mine.rights')} of={all.rights} />
        <WordList id="mine-complaints" title={w.t('mine.complaints')} of={all.complaints} />
      </div>
      <Statement again={again} />
      <Told error={error} />
      <div className="actions">
        <Button onClick={() => print()}>{w.t('mine.print')}</Button>
        {signedIn(session) && session?.mode !== 'demo' && (
          <Button onClick={leave} loading={busy}>
            {w.t('mine.leave')}
          </Button>
        )}
      </div>
    </>
  )
}
