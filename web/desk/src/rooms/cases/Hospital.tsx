import { AutoComplete } from 'antd'
import { beds } from '../../api/beds'
import { useResource } from '../../api/resource'
import { useSession } from '../../session'
import { useSpoken } from './words'

/** The hospitals that one may see, also those that are closed: records name them by their code. */
function useHospitals() {
  const { session, may } = useSession()
  const asked = may('hospitals.read') ? `hospitals|${session?.area}` : null
  return useResource(asked, (signal) => beds.hospitals(session?.area ?? '', signal, true)).data?.hospitals ?? []
}

/** What the hospital of a code is called; the code where it is in no register. */
export function HospitalName({ code }: { code: string }) {
  const w = useSpoken()
  const its = useHospitals().find((one) => one.code === code)
  return <>{its ? w.name(its) : code}</>
}

/** A hospital, chosen by its name; one that is in no register is written by its code. */
export function HospitalField(field: { id?: string; value?: string; onChange?: (code: string) => void }) {
  const w = useSpoken()
  const open = useHospitals().filter((one) => !one.closed)
  return (
    <AutoComplete
      {...field}
      maxLength={64}
      defaultActiveFirstOption={false}
      popupMatchSelectWidth={false}
      showSearch={{
        filterOption: (typed, option) =>
          `${option?.label} ${option?.value}`.toLowerCase().includes(typed.toLowerCase()),
      }}
      options={open.map((one) => ({ value: one.code, label: w.name(one) }))}
    />
  )
}
