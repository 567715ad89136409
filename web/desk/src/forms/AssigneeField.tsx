import { Select } from 'antd'
import { useState } from 'react'
import { permissions } from '../api/permissions'
import { useResource } from '../api/resource'
import { tasks } from '../api/tasks'
import { vocabulary } from '../i18n'

const zh = { 'assignee.pick': '选择人员，或输入代码' }
const en: typeof zh = { 'assignee.pick': 'Choose somebody, or type a code' }
const useSpoken = vocabulary({ zh, en })
const CODE = /^[A-Za-z0-9_.-]{1,64}$/

interface Props {
  /** Of those who do what this rule of tasks asks for. */
  rule: string
  /** The division in which they do. */
  area: string
  id?: string
}

interface OneProps extends Props {
  value?: string
  onChange?: (code: string) => void
}

/** An account or device, chosen by name; or the code of a post or of another account, typed. */
export function AssigneeField({ rule, area, ...field }: OneProps) {
  const w = useSpoken()
  const [typed, setTyped] = useState('')
  const { people, loading } = useAssignees(rule, area)
  const known = people.some((one) => one.label.toLowerCase().includes(typed.toLowerCase()))
  const own = CODE.test(typed) && !known ? [{ value: typed, label: typed }] : []
  const chosen = field.value && ![...people, ...own].some((one) => one.value === field.value)
  return (
    <Select
      {...field}
      loading={loading}
      placeholder={w.t('assignee.pick')}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label', onSearch: (text) => setTyped(text.trim()) }}
      options={[...people, ...own, ...(chosen ? [{ value: field.value as string, label: field.value }] : [])]}
    />
  )
}

interface ManyProps extends Props {
  value?: string[]
  onChange?: (codes: string[]) => void
}

/** Several of them, or none. */
export function AssigneesField({ rule, area, ...field }: ManyProps) {
  const w = useSpoken()
  const { people, loading } = useAssignees(rule, area)
  return (
    <Select
      {...field}
      mode="tags"
      loading={loading}
      placeholder={w.t('assignee.pick')}
      showSearch={{ optionFilterProp: 'label' }}
      tokenSeparators={[' ', ',', '，', '、']}
      options={people}
    />
  )
}

/** Who does what a rule asks for in a division: each once, with a name and a role. */
export function useAssignees(rule: string, area: string) {
  const w = useSpoken()
  const found = useResource(`assignees|${rule}|${area}`, (signal) => tasks.assignees(rule, area, signal))
  const table = useResource('permissions', permissions)
  const role = (id: string) => {
    const its = table.data?.roles.find((one) => one.id === id)
    return its ? w.name(its) : id
  }
  const named = (found.data ?? []).map((one) => [one.code, `${one.name || one.code} · ${role(one.role)}`] as const)
  return { people: Array.from(new Map(named), ([value, label]) => ({ value, label })), loading: found.loading }
}
