import { Input } from 'antd'
import { type ComponentProps, useState } from 'react'

type Props = Omit<ComponentProps<typeof Input>, 'value' | 'onChange'> & {
  value: string
  commit: (text: string) => void
}

/** A text that counts once it is finished: left, or entered. */
export function TextBox({ value, commit, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const end = () => {
    if (typed !== null) commit(typed.trim())
    setTyped(null)
  }
  return (
    <Input
      {...rest}
      maxLength={64}
      value={typed ?? value}
      onChange={(e) => setTyped(e.target.value)}
      onBlur={end}
      onPressEnter={end}
    />
  )
}
