import Button from 'antd-mobile/es/components/button'
import Dialog from 'antd-mobile/es/components/dialog'
import { type ReactNode, useState } from 'react'
import { useWords } from '../i18n'

interface SureProps {
  button: ReactNode
  asked: string
  yes: string
  act: () => unknown
  danger?: boolean
  disabled?: boolean
}

/** A button that asks once more. */
export function Sure({ button, asked, yes, act, danger, disabled }: SureProps) {
  const w = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        block
        fill="outline"
        color={danger ? 'danger' : 'primary'}
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        {button}
      </Button>
      <Dialog
        visible={open}
        content={asked}
        onClose={() => setOpen(false)}
        closeOnMaskClick
        closeOnAction
        actions={[
          { key: 'yes', text: yes, bold: true, danger, onClick: () => void act() },
          { key: 'no', text: w.t('cancel') },
        ]}
      />
    </>
  )
}
