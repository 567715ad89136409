import { Select } from 'antd'
import { useState } from 'react'
import { cases } from '../../api/cases'
import { useResource } from '../../api/resource'
import { Told } from '../../forms/Told'
import { useWays } from './ways'

interface Props {
  id?: string
  value?: string
  onChange?: (id: string) => void
}

const COLUMNS = ['number', 'reported_at']
const SHOWN = 50

/** A case, of those that one sees: the newest, or those whose number begins with what is typed. */
export function CaseField(field: Props) {
  const w = useWays()
  const [text, setText] = useState('')
  const asked = { text, columns: COLUMNS, sort: 'reported_at', descending: true, limit: SHOWN }
  const found = useResource(`case-choice|${text}`, (signal) => cases.list(asked, signal), 'keep')
  const rows = found.data?.cases ?? []
  return (
    <>
      <Select
        {...field}
        allowClear
        loading={found.loading}
        popupMatchSelectWidth={false}
        showSearch={{ filterOption: false, onSearch: (typed) => setText(typed.trim()) }}
        options={rows.map((one) => {
          const id = one.subject as string
          return { value: id, label: `${one.number || id.slice(-6)} · ${w.stamp(one.reported_at as string)}` }
        })}
      />
      <Told error={found.error} />
    </>
  )
}
